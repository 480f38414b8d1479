package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Stores that an operator cannot rely on. */
final class FaultyOperations {

    private FaultyOperations() {}

    static class ObliteratesUnderRunningJobs extends FaultyBinding {

        @Override
        JobOperations operations(JobStore right) {
            return withArguments(right.operations(), "obliterate", arguments -> new Object[] {arguments[0], true});
        }
    }

    static class ObliteratesNothingWhileJobsRun extends FaultyBinding {

        @Override
        JobOperations operations(JobStore right) {
            return withArguments(right.operations(), "obliterate", arguments -> new Object[] {arguments[0], false});
        }
    }

    /** Passes every call on to {@code right}, those of one method with other arguments. */
    private static JobOperations withArguments(JobOperations right, String method, UnaryOperator<Object[]> change) {
        return (JobOperations) Proxy.newProxyInstance(
                FaultyOperations.class.getClassLoader(),
                new Class<?>[] {JobOperations.class},
                (proxy, called, arguments) -> {
                    try {
                        return called.invoke(
                                right, called.getName().equals(method) ? change.apply(arguments) : arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
