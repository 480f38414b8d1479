package io.jobqueue.spring.autoconfigure;

/** Holds when Redis is named. */
final class OnRedisStoreType extends OnStoreType {

    OnRedisStoreType() {
        super(JobQueueProperties.StoreType.REDIS, false);
    }
}
