package io.jobqueue.benchmarks.driver;

import java.lang.reflect.Method;

/** Starts threads that mostly wait: virtual ones where Java has them. */
final class CallerThreads {

    private CallerThreads() {}

    static Thread start(Runnable calls) {
        try {
            Method startVirtual = Thread.class.getMethod("startVirtualThread", Runnable.class);
            return (Thread) startVirtual.invoke(null, calls);
        } catch (NoSuchMethodException e) {
            Thread thread = new Thread(calls);
            thread.start();
            return thread;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a virtual thread could not be started", e);
        }
    }
}
