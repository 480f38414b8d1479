/** Queues that are spread over several queues of a store. */
@NullMarked
package io.jobqueue.store.partition;

import org.jspecify.annotations.NullMarked;
