package io.jobqueue.engine;

/** Makes threads that take nothing over from whoever happens to begin them, such as the thread of a request. */
final class FreshThread {

    private FreshThread() {}

    /** Returns a thread that has not begun, without the inheritable thread locals of this one. */
    static Thread of(Runnable task) {
        Thread thread = new Thread(null, task, "jobqueue", 0, false);
        // Newer JDKs give such a thread the system's loader, which does not know the classes of a packaged application.
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        return thread;
    }
}
