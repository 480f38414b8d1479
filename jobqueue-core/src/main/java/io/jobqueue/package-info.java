/**
 * What an application imports: it enqueues through {@link io.jobqueue.JobQueue}, runs jobs in a
 * {@link io.jobqueue.Handler} and reads them back as {@link io.jobqueue.JobSnapshot}.
 */
@NullMarked
package io.jobqueue;

import org.jspecify.annotations.NullMarked;
