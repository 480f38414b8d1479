package io.jobqueue.spring.test.app;

import io.jobqueue.spring.JobHandler;
import org.springframework.stereotype.Component;

/** Handlers that their classes inherit. */
final class InheritedHandlers {

    private InheritedHandlers() {}

    abstract static class Base {

        @JobHandler("of-superclass")
        String run() {
            return getClass().getSimpleName();
        }
    }

    interface Reporting {

        @JobHandler("of-interface")
        default String report() {
            return getClass().getSimpleName();
        }
    }

    @Component
    static class OfSuperclass extends Base {}

    @Component
    static class OfInterface implements Reporting {}
}
