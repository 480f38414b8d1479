/** Looking at jobs and queues, and cancelling, over HTTP. */
@NullMarked
package io.jobqueue.sample.jobs;

import org.jspecify.annotations.NullMarked;
