/** Runs jobs: claims, handlers, leases, retries and maintenance, on any store. */
@NullMarked
package io.jobqueue.engine;

import org.jspecify.annotations.NullMarked;
