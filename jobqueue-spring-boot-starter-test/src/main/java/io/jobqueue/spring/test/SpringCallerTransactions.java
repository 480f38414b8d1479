package io.jobqueue.spring.test;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The transactions that Spring binds to a thread. They are suspended while jobs run. Thread-safe. */
final class SpringCallerTransactions implements CallerTransactions {

    private final List<PlatformTransactionManager> managers;

    SpringCallerTransactions(List<PlatformTransactionManager> managers) {
        this.managers = List.copyOf(managers);
    }

    @Override
    public void outside(Runnable runs) {
        Runnable suspending = runs;
        for (PlatformTransactionManager manager : managers) {
            Runnable inner = suspending;
            suspending = () -> suspended(manager, inner);
        }
        suspending.run();
    }

    /** What a handler throws reaches the caller as it is; the template would wrap what is checked. */
    private static void suspended(PlatformTransactionManager manager, Runnable runs) {
        try {
            outside(manager).executeWithoutResult(status -> runs.run());
        } catch (UndeclaredThrowableException e) {
            throw DueJobs.<RuntimeException>unchecked(e.getUndeclaredThrowable());
        }
    }

    private static TransactionTemplate outside(PlatformTransactionManager manager) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
        return template;
    }

    /** The callback that stores the jobs was registered before, so it is called before. */
    @Override
    public void afterCommit(Runnable runs) {
        boolean first = TransactionSynchronizationManager.getSynchronizations().stream()
                .noneMatch(AfterCommit.class::isInstance);
        if (first) {
            TransactionSynchronizationManager.registerSynchronization(new AfterCommit(runs));
        }
    }

    private static final class AfterCommit implements TransactionSynchronization {

        private final Runnable runs;
        private boolean called;

        AfterCommit(Runnable runs) {
            this.runs = runs;
        }

        @Override
        public void afterCommit() {
            called = true;
            runs.run();
        }

        /** Of a transaction whose first job was enqueued in a callback after the commit. */
        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED && !called) {
                runs.run();
            }
        }
    }
}
