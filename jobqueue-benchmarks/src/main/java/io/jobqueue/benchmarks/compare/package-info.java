/** Runs the same works with several queues, in turn on one server, and writes what came out as tables. */
@NullMarked
package io.jobqueue.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
