package io.jobqueue.engine;

import io.jobqueue.Attempt;
import io.jobqueue.Durations;
import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.EnqueueTiming;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobErrorHandler;
import io.jobqueue.JobInterceptor;
import io.jobqueue.JobQueue;
import io.jobqueue.Names;
import io.jobqueue.PayloadUpcaster;
import io.jobqueue.UnsuitableStoreException;
import io.jobqueue.codec.JacksonPayloadCodec;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.codec.PayloadCodec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.partition.PartitionedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of a store with the handlers of this process, and gives the application its {@link JobQueue}.
 *
 * <p>For every queue that has a handler one worker claims jobs, runs up to the queue's concurrency of them at
 * once and settles them; the engine keeps their leases alive, ends them at their timeouts, and takes part in
 * the maintenance of these queues. When the store does not answer it waits and goes on by itself. Thread-safe.
 *
 * <pre>{@code
 * JobEngine engine = JobEngine.builder(store)
 *     .handler(HandlerDefinition.of("welcome-mail", "mails", WelcomeMail.class, mailer::send))
 *     .build();
 * engine.start();
 * engine.jobQueue().enqueue(new WelcomeMail("ada@example.org"));
 * }</pre>
 */
public final class JobEngine implements AutoCloseable {

    private final EngineOptions options;
    private final Handlers handlers = new Handlers();
    private final Intake intake;
    private final ApplicationSide application;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile @Nullable Shift shift;
    private volatile boolean closed;

    private JobEngine(EngineOptions options, InstantSource clock, Collection<HandlerDefinition> definitions) {
        this.options = options;
        definitions.forEach(handlers::add);
        intake = Intake.of(handlers.all());
        application = new ApplicationSide(options, handlers, clock);
    }

    /** Begins an engine on {@code store}, which stays the caller's to close. */
    public static Builder builder(JobStore store) {
        return new Builder(store);
    }

    /**
     * Returns the application's side; it works whether the engine runs or not. After {@link #close} it enqueues
     * nothing more, everything else works as long as the store is open.
     */
    public JobQueue jobQueue() {
        return application.jobQueue();
    }

    /**
     * Adds a handler.
     *
     * @throws IllegalStateException when the engine runs
     * @throws InvalidJobException when the type has a handler; the message names where both are declared
     */
    public void register(HandlerDefinition definition) {
        lifecycle.lock();
        try {
            if (isRunning()) {
                throw new IllegalStateException("type '" + Names.shown(definition.type())
                        + "': the engine runs; register " + definition.origin() + " before it is started");
            }
            handlers.add(definition);
            intake.add(definition);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Returns all handlers; unmodifiable. */
    public Collection<HandlerDefinition> handlers() {
        return handlers.all();
    }

    /**
     * Claims no more jobs of the type in this process; those it has claimed go on, and a call of the store that is under
     * way may still bring some. The others keep their places, and other
     * processes go on to claim them. A queue whose handlers are all paused is not claimed from at all. Holds until
     * {@link #resumeHandler}, also over a stop and a start. Repeating is harmless.
     *
     * @throws InvalidJobException when the type has no handler here; the message names those that have
     */
    public void pauseHandler(String type) {
        intake.pause(type, true);
    }

    /**
     * Claims jobs of the type again, at once. Does nothing when its handler is not paused.
     *
     * @throws InvalidJobException when the type has no handler here; the message names those that have
     */
    public void resumeHandler(String type) {
        if (intake.pause(type, false)) {
            Shift current = shift;
            if (current != null) {
                current.lookAgain();
            }
        }
    }

    /**
     * Returns whether the handler of the type is paused in this process.
     *
     * @throws InvalidJobException when the type has no handler here; the message names those that have
     */
    public boolean isHandlerPaused(String type) {
        return intake.isPaused(type);
    }

    /**
     * Starts to work on the queues of the registered handlers; without handlers nothing is claimed. Asks the store who
     * it is; one that does not answer is waited for by the workers. Does nothing when the engine runs.
     *
     * @throws IllegalStateException when the engine is closed
     * @throws UnsuitableStoreException when the store must not keep jobs; the engine does not run then
     */
    public void start() {
        lifecycle.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine is closed and starts no more; build another one");
            }
            if (shift == null) {
                SuitableStore.require(options.store());
                Shift begun = new Shift(options, intake, handlers.all());
                begun.start();
                shift = begun;
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Stops working: claims nothing more, waits for running handlers for at most the shutdown timeout,
     * then interrupts them and gives their jobs back without a charge. Returns soon after the timeout even
     * when a handler or the store hangs. An interrupt of the calling thread ends the waiting, not the stop. Called by a
     * handler of this engine it returns at once, and the stop goes on beside it and waits for it as well. Does nothing
     * when the engine does not run; {@link #start} may follow.
     */
    public void stop() {
        Shift.apart(shift, this::endShift);
    }

    private void endShift() {
        lifecycle.lock();
        try {
            Shift ended = shift;
            if (ended != null) {
                ended.stop(options.shutdownTimeout());
                shift = null;
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /**
     * Returns what runs jobs one by one on the calling thread, with the handlers, settings and extensions of this engine,
     * whether it runs or not. Works as long as the store is open.
     */
    public JobDrain drain() {
        return new JobDrain(options, handlers::all);
    }

    /** Returns whether the engine was started and not stopped since. */
    public boolean isRunning() {
        return shift != null;
    }

    /** Returns whether a stop is under way: nothing more is claimed, and jobs that run are waited for. */
    public boolean isStopping() {
        Shift current = shift;
        return current != null && current.isEnding();
    }

    /** Returns what people call the workers of this engine; see {@link Builder#workerName}. */
    public String workerName() {
        return options.workerName();
    }

    /** Returns every setting of a queue and who has said it, known queue or not; unmodifiable. */
    public List<EffectiveSetting> settings(String queue) {
        return options.settings().report(Names.require("queue", queue));
    }

    /** Returns every setting of the jobs of a handler and who has said it; unmodifiable. */
    public List<EffectiveSetting> settings(HandlerDefinition handler) {
        return options.settings().report(handler);
    }

    /** Returns how every worker is doing, by name of queue; empty when the engine does not run. */
    public List<WorkerStatus> workers() {
        Shift current = shift;
        return current == null ? List.of() : current.status();
    }

    /**
     * Returns what keeps this process from being told of results that it waits for and of events that it listens to, for
     * people; empty when nothing does. Whether the engine runs does not matter.
     */
    public List<String> troubles() {
        return application.troubles();
    }

    /** Returns the store, in which a queue is one however many partitions it has. */
    public JobStore store() {
        return options.store();
    }

    /**
     * Stops working for good, like {@link #stop}, enqueues nothing more, ends all listening, and ends all waiting for
     * results: whoever waits gets an exception. Leaves the store open. Repeating is harmless.
     */
    @Override
    public void close() {
        closed = true;
        application.closeEnqueuer();
        Shift.apart(shift, () -> {
            endShift();
            application.closeLines();
        });
    }

    /** Collects the options of an engine. Not thread-safe. */
    public static final class Builder {

        private final JobStore store;
        private final Map<String, QueueSettings> queues = new HashMap<>();
        private final List<HandlerDefinition> handlers = new ArrayList<>();
        private final List<JobInterceptor> interceptors = new ArrayList<>();
        private final List<EnqueueInterceptor> enqueueInterceptors = new ArrayList<>();
        private final List<JobErrorHandler> errorHandlers = new ArrayList<>();
        private final Map<String, PayloadCodec> codecs = new HashMap<>();
        private final List<PayloadUpcaster> upcasters = new ArrayList<>();
        private PayloadCodec codec = new JacksonPayloadCodec();
        private PayloadCipher cipher = PayloadCipher.NONE;
        private QueueSettings defaults = QueueSettings.NONE;
        private @Nullable String workerName;
        private @Nullable Executor executor;
        private EngineListener listener = EngineListener.NONE;
        private @Nullable EngineObserver observer;
        private Duration shutdownTimeout = Duration.ofSeconds(25);
        private Duration interruptGrace = Duration.ofSeconds(5);
        private Duration claimWait = Duration.ofSeconds(5);
        private Duration stuckAfter = Duration.ofSeconds(10);
        private int maxPayloadBytes = 262_144;
        private InstantSource clock = InstantSource.system();
        private TransactionBoundary transactions = TransactionBoundary.NONE;
        private EnqueueTiming enqueueTiming = EnqueueTiming.AFTER_COMMIT;

        private Builder(JobStore store) {
            this.store = Objects.requireNonNull(store, "store");
        }

        /** Sets what writes and reads payloads and results; JSON by Jackson otherwise. */
        public Builder codec(PayloadCodec codec) {
            this.codec = Objects.requireNonNull(codec, "codec");
            return this;
        }

        /** Sets what writes and reads the payloads and results of one job type, instead of the codec of all others. */
        public Builder codec(String type, PayloadCodec codec) {
            codecs.put(Names.require("type", type), Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /**
         * Sets what encrypts the payloads and results of all types; none otherwise. All processes of a queue need keys
         * that fit.
         */
        public Builder cipher(PayloadCipher cipher) {
            this.cipher = Objects.requireNonNull(cipher, "cipher");
            return this;
        }

        /** Adds a step that brings older payloads of a job type to the version its handler reads. */
        public Builder upcaster(PayloadUpcaster upcaster) {
            upcasters.add(Objects.requireNonNull(upcaster, "upcaster"));
            return this;
        }

        /** Sets what holds where neither the queue nor the handler says it, before {@link QueueSettings#BUILT_IN}. */
        public Builder defaults(QueueSettings defaults) {
            this.defaults = Objects.requireNonNull(defaults, "defaults");
            return this;
        }

        /** Sets a queue's own settings, which go before those of its handlers. */
        public Builder queue(String name, QueueSettings own) {
            queues.put(Names.require("queue", name), Objects.requireNonNull(own, "own"));
            return this;
        }

        /** Adds a handler; more can follow by {@link JobEngine#register}. */
        public Builder handler(HandlerDefinition definition) {
            handlers.add(Objects.requireNonNull(definition, "definition"));
            return this;
        }

        /** Adds an interceptor of runs, inside of those added before. */
        public Builder interceptor(JobInterceptor interceptor) {
            interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /** Adds an interceptor of requests, called after those added before. */
        public Builder enqueueInterceptor(EnqueueInterceptor interceptor) {
            enqueueInterceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /** Adds an error handler, called after those added before. */
        public Builder errorHandler(JobErrorHandler errorHandler) {
            errorHandlers.add(Objects.requireNonNull(errorHandler, "errorHandler"));
            return this;
        }

        /**
         * Sets what people call the workers of this engine, in the history of jobs and in the directory of workers; host,
         * process and a few random characters otherwise. Processes may share a name, but can then not be told apart.
         *
         * @param workerName a name of at most {@value Attempt#MAX_WORKER} characters
         */
        public Builder workerName(String workerName) {
            this.workerName = WorkerName.require(workerName);
            return this;
        }

        /**
         * Sets what runs handlers. It must run as many at once as there are slots, and stays the caller's to
         * close. Otherwise the engine has daemon threads of its own, as many as there are slots.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Sets who is told what the engine does. */
        public Builder listener(EngineListener listener) {
            this.listener = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets who stands around every enqueue and every run; nobody otherwise. */
        public Builder observer(EngineObserver observer) {
            this.observer = Objects.requireNonNull(observer, "observer");
            return this;
        }

        /** Sets how long a stop waits for running handlers, 25 seconds otherwise; zero interrupts them at once. */
        public Builder shutdownTimeout(Duration shutdownTimeout) {
            this.shutdownTimeout = Durations.requireZeroOrMore("shutdownTimeout", shutdownTimeout);
            return this;
        }

        /**
         * Sets how long a handler may take to end after its timeout or a cancel has interrupted it, 5 seconds otherwise.
         * Its job is settled when the handler has ended, so that no attempt runs beside the next; a handler that does
         * not react holds its job no longer than this, and its slot until it returns. Zero waits for no handler.
         */
        public Builder interruptGrace(Duration interruptGrace) {
            this.interruptGrace = Durations.requireZeroOrMore("interruptGrace", interruptGrace);
            return this;
        }

        /** Sets about how long an idle worker waits for a hint before it looks by itself, 5 seconds otherwise. */
        public Builder claimWait(Duration claimWait) {
            this.claimWait = Durations.requirePositive("claimWait", claimWait);
            return this;
        }

        /**
         * Sets how long a call of the store may hang before the worker counts as not consuming, or results and events as not
         * heard, and another thread goes on with the work, 10 seconds otherwise. Should be longer than the store's own time-out.
         */
        public Builder stuckAfter(Duration stuckAfter) {
            this.stuckAfter = Durations.requirePositive("stuckAfter", stuckAfter);
            return this;
        }

        /** Sets the largest payload and the largest result, 262,144 bytes otherwise. */
        public Builder maxPayloadBytes(int maxPayloadBytes) {
            if (maxPayloadBytes < 1) {
                throw new InvalidJobException("maxPayloadBytes " + maxPayloadBytes + ": must be at least 1");
            }
            this.maxPayloadBytes = maxPayloadBytes;
            return this;
        }

        /** Sets what knows the transactions of the application; without it, enqueues never wait for one. */
        public Builder transactions(TransactionBoundary transactions) {
            this.transactions = Objects.requireNonNull(transactions, "transactions");
            return this;
        }

        /** Sets when jobs are stored that are enqueued in a transaction and do not say it; after its commit otherwise. */
        public Builder enqueueTiming(EnqueueTiming enqueueTiming) {
            this.enqueueTiming = Objects.requireNonNull(enqueueTiming, "enqueueTiming");
            return this;
        }

        /** Sets the clock that is read for generated ids, and for nothing else. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Returns the engine, not started.
         *
         * @throws InvalidJobException when two handlers have the same type, two upcasters do the same step, or a queue
         *     asks for a durability and the store has no way to confirm any
         */
        public JobEngine build() {
            LongSupplier nanos = System::nanoTime;
            LoopContext context = new LoopContext(
                    nanos,
                    new Jitter(() -> ThreadLocalRandom.current().nextDouble()),
                    new OutageLog(nanos),
                    new GuardedListener(listener, nanos));
            Settings settings = new Settings(defaults, queues);
            EngineOptions options = new EngineOptions(
                    new PartitionedStore(store, settings::partitions, nanos),
                    new Codecs(codec, codecs, cipher),
                    new Upcasters(upcasters),
                    settings,
                    workerName == null ? WorkerName.ofThisProcess() : workerName,
                    executor,
                    shutdownTimeout,
                    interruptGrace,
                    claimWait,
                    stuckAfter,
                    maxPayloadBytes,
                    new Extensions(interceptors, enqueueInterceptors, errorHandlers),
                    new Observer(observer, nanos),
                    transactions,
                    enqueueTiming,
                    new OwnWorkers(),
                    new OwnReplies(),
                    context);
            return new JobEngine(options, clock, handlers);
        }
    }
}
