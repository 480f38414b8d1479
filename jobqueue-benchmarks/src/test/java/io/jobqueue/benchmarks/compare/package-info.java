/** Tests of what a comparison writes. */
@NullMarked
package io.jobqueue.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
