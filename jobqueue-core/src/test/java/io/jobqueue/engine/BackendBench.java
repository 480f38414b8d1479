package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Handler;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.store.JobStore;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** A job queue that holds nothing, on each backend in turn; an engine works on it once a test has started one. */
@ParameterizedClass
@EnumSource(Backend.class)
abstract class BackendBench {

    static final Duration BOUND = Duration.ofSeconds(20);
    static final String TYPE = "echo";
    static final String QUEUE = "inputs";
    static final int LARGEST = 4_096;

    /** The most characters that a message may have: the longest sentence and 64 escaped characters. */
    private static final int LONGEST_MESSAGE = 640;

    private static RedisServer server;

    @Parameter
    Backend backend = Backend.MEMORY;

    JobStore store;
    JobEngine engine;
    JobQueue queue;
    private final List<JobEngine> engines = new ArrayList<>();

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        try (Jedis redis = server.commands()) {
            redis.flushAll();
        }
        store = backend.open(server);
        engine = engine((payload, job) -> payload, builder -> builder);
        queue = engine.jobQueue();
    }

    @AfterEach
    void close() {
        engines.forEach(JobEngine::close);
        store.close();
    }

    /** Returns one more engine on the store, whose handler of {@link #TYPE} takes any payload. */
    JobEngine engine(Handler<Object, ?> handler, UnaryOperator<JobEngine.Builder> options) {
        JobEngine made = options.apply(JobEngine.builder(store)
                        .handler(HandlerDefinition.of(TYPE, QUEUE, Object.class, handler))
                        .maxPayloadBytes(LARGEST)
                        .claimWait(Duration.ofMillis(100))
                        .shutdownTimeout(Duration.ofSeconds(5)))
                .build();
        engines.add(made);
        return made;
    }

    /** Asserts that a call is refused before anything is stored, in a message that is fit for a log line. */
    void assertRefused(ThrowingCallable call, String says, String remedy) {
        assertThatThrownBy(call)
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith(says)
                .hasMessageContaining(remedy)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .hasSizeLessThan(LONGEST_MESSAGE)
                        .doesNotContain("\n", "\r", "\u0000", "\u001b", "\u202e"));
        assertNothingIsStored();
    }

    void assertNothingIsStored() {
        assertThat(store.ledger().queues()).isEmpty();
        try (Jedis redis = server.commands()) {
            assertThat(redis.dbSize()).isZero();
        }
    }

    /** Returns the job once it has come to {@code state}. */
    JobSnapshot await(JobId id, JobState state) {
        eventually(() -> queue.find(id).filter(job -> job.state() == state).isPresent());
        return queue.find(id).orElseThrow();
    }

    static void eventually(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }
}
