package io.jobqueue.spring.autoconfigure;

/** Holds when the memory store is named, or none. */
final class OnMemoryStoreType extends OnStoreType {

    OnMemoryStoreType() {
        super(JobQueueProperties.StoreType.MEMORY, true);
    }
}
