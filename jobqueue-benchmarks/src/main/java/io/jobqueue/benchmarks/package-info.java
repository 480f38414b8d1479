/** What a job costs, measured on a real store. */
@NullMarked
package io.jobqueue.benchmarks;

import org.jspecify.annotations.NullMarked;
