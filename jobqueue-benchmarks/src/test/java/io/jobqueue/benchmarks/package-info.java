/** Tests of the load tool itself: that it counts what it says it counts. */
@NullMarked
package io.jobqueue.benchmarks;

import org.jspecify.annotations.NullMarked;
