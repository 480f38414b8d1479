/** The Java queues that jobqueue is compared with. */
@NullMarked
package io.jobqueue.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
