/** How a queue that is compared is driven: one contract for all of them, spoken over standard input and output. */
@NullMarked
package io.jobqueue.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
