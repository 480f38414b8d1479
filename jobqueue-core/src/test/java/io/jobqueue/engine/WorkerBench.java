package io.jobqueue.engine;

import io.jobqueue.EnqueueTiming;
import io.jobqueue.Handler;
import io.jobqueue.JobId;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.store.Partition;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One worker on a memory store, stepped by hand: no thread, no wait, a clock the test holds. */
final class WorkerBench implements AutoCloseable {

    static final String QUEUE = "work";
    static final String WORKER = "worker-1";
    static final Duration LEASE = Duration.ofSeconds(30);
    static final Duration CLAIM_WAIT = Duration.ofSeconds(5);
    static final Duration STEP = Duration.ofMillis(1);
    static final Extensions NO_EXTENSIONS = new Extensions(List.of(), List.of(), List.of());

    static final Duration GRACE = Duration.ofSeconds(5);
    static final Duration STUCK_AFTER = Duration.ofSeconds(10);

    final HeldClock clock = new HeldClock();
    final LongSupplier nanos = nanosOf(clock);
    final FlakyStore store = new FlakyStore(new MemoryStore(clock));
    final HeldExecutor executor = new HeldExecutor();
    final RecordingListener listener = new RecordingListener();
    final LoopContext context = new LoopContext(nanos, new Jitter(() -> 0.5), new OutageLog(nanos), listener);
    final AtomicInteger workerWakes = new AtomicInteger();
    final AtomicInteger secondWakes = new AtomicInteger();
    final AtomicInteger watchWakes = new AtomicInteger();
    final AtomicInteger timeoutWakes = new AtomicInteger();
    final OwnWorkers ownWorkers = new OwnWorkers();
    final OwnReplies replies = new OwnReplies();
    final Timeouts timeouts;
    final Intake intake;
    final Worker worker;
    final StoreJobQueue queue;

    private final List<Worker> workers = new ArrayList<>();
    private final LineWatch watch;
    private final ReplyLine replyLine;

    private WorkerBench(
            int slots,
            @Nullable Executor own,
            QueueSettings settings,
            List<HandlerDefinition> definitions,
            Extensions extensions,
            @Nullable EngineObserver observer,
            boolean ownThreads) {
        PartitionedStore whole = new PartitionedStore(store, any -> 1, nanos);
        Codecs codecs = new Codecs(new JacksonPayloadCodec(), Map.of(), PayloadCipher.NONE);
        Settings all = new Settings(settings, Map.of());
        Handlers handlers = new Handlers();
        definitions.forEach(handlers::add);
        intake = Intake.of(definitions);
        Observer observing = new Observer(observer, nanos);
        timeouts = new Timeouts(workers, GRACE, nanos, timeoutWakes::incrementAndGet);
        JobRunner runner = new JobRunner(
                new QueueHandlers(QUEUE, handlers.all(), all),
                new HandlerCall(codecs, new Upcasters(List.of()), extensions.interceptors(), 1000),
                new ErrorHandlers(extensions.errorHandlers(), nanos),
                listener,
                observing,
                context.jitter(),
                new FailureLog(nanos),
                timeouts::begun);
        worker = new Worker(
                new WorkerSetup(
                        Partition.whole(QUEUE),
                        WORKER,
                        new Slots(slots),
                        LEASE,
                        CLAIM_WAIT,
                        Duration.ofHours(1),
                        Objects.requireNonNull(all.of(QUEUE).types()),
                        intake,
                        replies,
                        ownThreads,
                        STUCK_AFTER),
                store.transitions(),
                new RunNotes(store.notes()),
                runner,
                own == null ? executor : own,
                () -> true,
                new WorkerWakes(
                        workerWakes::incrementAndGet, secondWakes::incrementAndGet, watchWakes::incrementAndGet),
                context);
        workers.add(worker);
        JobWriter writer = new JobWriter(
                codecs,
                1000,
                handlers,
                all,
                new IdGenerator(clock),
                new EnqueueInterceptors(extensions.enqueueInterceptors()));
        Enqueuer enqueuer = new Enqueuer(
                whole, new QueueWriters(whole.behind(), all, ownWorkers), new IdGenerator(clock), listener, observing);
        JobReader reader = new JobReader(codecs);
        watch = new LineWatch(CLAIM_WAIT, context);
        replyLine = new ReplyLine(whole, replies, watch, context);
        queue = new StoreJobQueue(
                whole,
                all,
                writer,
                enqueuer,
                new Deferral(TransactionBoundary.NONE, EnqueueTiming.AFTER_COMMIT, enqueuer),
                reader,
                new Replies(replyLine, writer, enqueuer, reader),
                new EventLines(whole, CLAIM_WAIT, watch, context),
                listener);
    }

    /** Returns the monotonic clock that goes with {@code clock}. */
    static LongSupplier nanosOf(InstantSource clock) {
        Instant start = clock.instant();
        return () -> Duration.between(start, clock.instant()).toNanos();
    }

    static WorkerBench of(int slots, Handler<String, ?> handler) {
        return of(slots, null, QueueSettings.NONE, handler);
    }

    static WorkerBench of(int slots, @Nullable Executor executor, QueueSettings settings, Handler<String, ?> handler) {
        return new WorkerBench(slots, executor, settings, List.of(define(handler)), NO_EXTENSIONS, null, false);
    }

    static WorkerBench of(Extensions extensions, Handler<String, ?> handler) {
        return new WorkerBench(1, null, QueueSettings.NONE, List.of(define(handler)), extensions, null, false);
    }

    static WorkerBench of(EngineObserver observer, Handler<String, ?> handler) {
        return new WorkerBench(1, null, QueueSettings.NONE, List.of(define(handler)), NO_EXTENSIONS, observer, false);
    }

    /** Returns a worker whose handlers run on threads that may settle too. */
    static WorkerBench withOwnThreads(int slots, Handler<String, ?> handler) {
        return new WorkerBench(slots, null, QueueSettings.NONE, List.of(define(handler)), NO_EXTENSIONS, null, true);
    }

    static WorkerBench of(int slots, HandlerDefinition... definitions) {
        return new WorkerBench(slots, null, QueueSettings.NONE, List.of(definitions), NO_EXTENSIONS, null, false);
    }

    private static HandlerDefinition define(Handler<String, ?> handler) {
        return HandlerDefinition.of("type", QUEUE, String.class, handler);
    }

    /** Enqueues jobs named by their ids, with the id as payload. */
    void enqueue(String... ids) {
        for (String id : ids) {
            enqueue(JobRequest.of("type", id).id(id));
        }
    }

    void enqueue(JobRequest.Builder request) {
        queue.enqueue(request.queue(QUEUE).build());
    }

    JobSnapshot job(String id) {
        return queue.find(JobId.of(QUEUE, id)).orElseThrow();
    }

    /** Lets the worker step until it wants to wait, and returns for how long. */
    Duration settle() {
        Duration wait = worker.poll();
        for (int i = 0; wait.isZero(); i++) {
            if (i > 1000) {
                throw new AssertionError("the worker never rests");
            }
            wait = worker.poll();
        }
        return wait;
    }

    /** Claims, runs and settles until nothing is left to do now. */
    void work() {
        settle();
        while (executor.size() > 0) {
            executor.runAll();
            settle();
        }
    }

    @Override
    public void close() {
        replyLine.close();
        watch.close();
        store.close();
    }
}
