package io.jobqueue.spring.transaction;

import io.jobqueue.engine.DeferredJobs;
import io.jobqueue.engine.TransactionBoundary;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows the transactions that Spring binds to threads: those of {@code @Transactional} and of
 * {@code TransactionTemplate}. Reactive transactions are bound to no thread and not seen. Thread-safe.
 */
public final class SpringTransactionBoundary implements TransactionBoundary {

    /**
     * A transaction of ours that has reported its commit is open no more, although Spring takes callbacks until all have
     * been called: what is enqueued in one of them would come too late.
     */
    @Override
    public boolean isOpen() {
        return TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive()
                && TransactionSynchronizationManager.getSynchronizations().stream()
                        .noneMatch(other -> other instanceof JobSynchronization jobs && jobs.hasCommitted());
    }

    @Override
    public DeferredJobs join(Object engine, Supplier<DeferredJobs> begin) {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(JobSynchronization.class::isInstance)
                .map(JobSynchronization.class::cast)
                .filter(synchronization -> synchronization.serves(engine))
                .findFirst()
                .orElseGet(() -> register(engine, begin.get()))
                .jobs();
    }

    private static JobSynchronization register(Object engine, DeferredJobs jobs) {
        JobSynchronization synchronization = new JobSynchronization(engine, jobs);
        TransactionSynchronizationManager.registerSynchronization(synchronization);
        return synchronization;
    }
}
