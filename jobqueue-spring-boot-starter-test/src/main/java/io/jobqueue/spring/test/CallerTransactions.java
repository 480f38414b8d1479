package io.jobqueue.spring.test;

/** The transactions of the thread that enqueues: a job that runs on it must not take part in them. */
interface CallerTransactions {

    /** An application without transactions. */
    CallerTransactions NONE = new CallerTransactions() {
        @Override
        public void outside(Runnable runs) {
            runs.run();
        }

        @Override
        public void afterCommit(Runnable runs) {
            throw new IllegalStateException("no transaction is open");
        }
    };

    /** Calls {@code runs} now, outside of every transaction. */
    void outside(Runnable runs);

    /** Calls {@code runs} on this thread once the open transaction has committed; it is bound to the thread still. */
    void afterCommit(Runnable runs);
}
