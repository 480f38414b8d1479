/** Jobs in the memory of one process: the fastest store, the reference for every other, and nothing survives a restart. */
@NullMarked
package io.jobqueue.store.memory;

import org.jspecify.annotations.NullMarked;
