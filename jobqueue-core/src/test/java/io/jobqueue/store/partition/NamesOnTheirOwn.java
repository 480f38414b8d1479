package io.jobqueue.store.partition;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A store whose names of queues can be away while the queues are not, as when they are on another server. */
final class NamesOnTheirOwn {

    private final JobStore store;
    private Runnable whenAsked = () -> {};
    private boolean namesAreAway;
    private boolean allIsAway;
    private int asked;

    NamesOnTheirOwn(JobStore store) {
        this.store = store;
    }

    void loseNames() {
        namesAreAway = true;
    }

    void loseAll() {
        allIsAway = true;
    }

    void heal() {
        namesAreAway = false;
        allIsAway = false;
    }

    /** Lets something happen while the next caller waits for the names. */
    void whenAsked(Runnable action) {
        whenAsked = action;
    }

    /** Returns how often the names were asked for. */
    int asked() {
        return asked;
    }

    JobStore store() {
        JobLedger ledger = (JobLedger) Proxy.newProxyInstance(
                JobLedger.class.getClassLoader(),
                new Class<?>[] {JobLedger.class},
                (proxy, method, arguments) -> read(method, arguments));
        return (JobStore) Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (proxy, method, arguments) -> method.getName().equals("ledger") ? ledger : method.invoke(store));
    }

    private @Nullable Object read(Method method, Object @Nullable [] arguments) throws Throwable {
        boolean names = method.getName().equals("queues");
        boolean away = allIsAway || (names && namesAreAway);
        if (names) {
            asked++;
            Runnable action = whenAsked;
            whenAsked = () -> {};
            action.run();
        }
        if (away) {
            throw new StoreUnavailableException("no answer", Outcome.UNKNOWN, null);
        }
        try {
            return method.invoke(store.ledger(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
