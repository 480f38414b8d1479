package io.jobqueue.engine;

import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.DurableEnqueue;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobOperations;
import io.jobqueue.store.JobSignals;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.StoreInfo;
import io.jobqueue.store.WorkerDirectory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A store that can be taken away: every call fails until it is healed, or is applied and its reply dropped.
 * Notes the name of every call.
 */
final class FlakyStore implements JobStore {

    private enum Fault {
        NONE,
        REFUSE,
        DROP_REPLY
    }

    private final JobStore store;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;
    private volatile Runnable afterCall = () -> {};
    private final Map<String, RuntimeException> failingQueues = new ConcurrentHashMap<>();
    private final Map<String, HungCall> toHang = new ConcurrentHashMap<>();

    FlakyStore(JobStore store) {
        this.store = store;
    }

    /** From now on no call reaches the store. */
    void refuse() {
        fault = Fault.REFUSE;
    }

    /** From now on no call about a queue of the store reaches it. */
    void refuse(String queue) {
        fail(queue, new StoreUnavailableException("the store is away", Outcome.REFUSED, null));
    }

    /** From now on every call about a queue of the store fails so before it reaches it. */
    void fail(String queue, RuntimeException failure) {
        failingQueues.put(queue, failure);
    }

    /** From now on every call reaches the store and its answer is lost. */
    void dropReplies() {
        fault = Fault.DROP_REPLY;
    }

    void heal() {
        fault = Fault.NONE;
        failingQueues.clear();
    }

    /** Lets {@code action} happen between the effect of every call and its answer. */
    void afterEveryCall(Runnable action) {
        afterCall = action;
    }

    /** Lets the next call of a method hang before it reaches the store; no interrupt helps. */
    HungCall hang(String method) {
        return hang(method, false);
    }

    /** Lets the next call of a method hang with its answer; no interrupt helps. */
    HungCall hangAnswered(String method) {
        return hang(method, true);
    }

    private HungCall hang(String method, boolean answered) {
        HungCall hung = new HungCall(answered);
        toHang.put(method, hung);
        return hung;
    }

    /** Returns how often a method was called since the last {@link #forgetCalls}. */
    long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    void forgetCalls() {
        calls.clear();
    }

    @Override
    public JobTransitions transitions() {
        return flaky(JobTransitions.class, store.transitions());
    }

    @Override
    public Optional<DurableEnqueue> durableEnqueue() {
        return store.durableEnqueue().map(role -> flaky(DurableEnqueue.class, role));
    }

    @Override
    public JobNotes notes() {
        return flaky(JobNotes.class, store.notes());
    }

    @Override
    public WorkerDirectory workers() {
        return flaky(WorkerDirectory.class, store.workers());
    }

    @Override
    public JobLedger ledger() {
        return flaky(JobLedger.class, store.ledger());
    }

    @Override
    public JobOperations operations() {
        return flaky(JobOperations.class, store.operations());
    }

    @Override
    public JobEvents events() {
        return flaky(JobEvents.class, store.events());
    }

    @Override
    public LeaderLock leaderLock() {
        return flaky(LeaderLock.class, store.leaderLock());
    }

    @Override
    public JobSignals signals() {
        return flaky(JobSignals.class, store.signals());
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T flaky(Class<T> role, T target) {
        return role.cast(Proxy.newProxyInstance(
                role.getClassLoader(),
                new Class<?>[] {role},
                (proxy, method, arguments) -> isInherited(target, method)
                        ? InvocationHandler.invokeDefault(proxy, method, arguments)
                        : call(target, method, arguments)));
    }

    /** What a role does by calls of its own methods is no call. */
    private static boolean isInherited(Object target, Method method) throws NoSuchMethodException {
        return method.isDefault()
                && target.getClass()
                        .getMethod(method.getName(), method.getParameterTypes())
                        .isDefault();
    }

    private @Nullable RuntimeException failureOf(Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String queue
                ? failingQueues.get(queue)
                : null;
    }

    private @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        Fault now = fault;
        calls.add(method.getName());
        RuntimeException failure = failureOf(arguments);
        if (failure != null) {
            throw failure;
        }
        if (now == Fault.REFUSE) {
            throw new StoreUnavailableException("the store is away", Outcome.REFUSED, null);
        }
        HungCall hung = toHang.remove(method.getName());
        if (hung != null && !hung.isAnswered()) {
            hung.hang();
        }
        Object answer;
        try {
            answer = method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        afterCall.run();
        if (hung != null && hung.isAnswered()) {
            hung.hang();
        }
        if (now == Fault.DROP_REPLY) {
            throw new StoreUnavailableException("the reply was lost", Outcome.UNKNOWN, null);
        }
        return answer;
    }
}
