package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A worker with many slots works a queue of large jobs off, a bounded part a call. */
class LargeJobsOnRedisIT {

    private static final String QUEUE = "imports";
    private static final int SMALL = 50;
    private static final int LARGE = 300;
    private static final int BYTES = 500_000;

    @Test
    void queueOfLargeJobsIsWorkedOffWithoutAWait() {
        AtomicLong mostBytes = new AtomicLong();
        AtomicInteger ran = new AtomicInteger();
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq");
                JobEngine engine = JobEngine.builder(measured(store, mostBytes))
                        .handler(HandlerDefinition.of(
                                "import", QUEUE, String.class, (payload, job) -> ran.incrementAndGet()))
                        .defaults(new QueueSettings(200, Duration.ofSeconds(30), JobSettings.NONE))
                        .maxPayloadBytes(2 * BYTES)
                        .claimWait(Duration.ofMinutes(10)) // who waits for the next look is too late
                        .build()) {
            JobQueue jobs = engine.jobQueue();
            String large = "x".repeat(BYTES);
            for (int i = 0; i < SMALL; i++) {
                jobs.enqueue(request("small"));
            }
            for (int from = 0; from < LARGE; from += 10) {
                jobs.enqueueAll(IntStream.range(from, from + 10)
                        .mapToObj(number -> request(large))
                        .toList());
            }

            engine.start();

            assertThat(new Patience(System::nanoTime).await(Duration.ofSeconds(30), () -> ran.get() == SMALL + LARGE))
                    .as("%s of %s ran", ran, SMALL + LARGE)
                    .isTrue();
        }
        assertThat(mostBytes.get())
                .as("payloads of one call")
                .isBetween((long) BYTES, (long) ExchangeRequest.MOST_BYTES + BYTES);
    }

    private static JobRequest request(String payload) {
        return JobRequest.of("import", payload).queue(QUEUE).build();
    }

    /** Passes all on, and notes how many bytes of payloads the largest answer to a worker had. */
    private static JobStore measured(JobStore store, AtomicLong mostBytes) {
        JobTransitions transitions = passedOn(JobTransitions.class, (method, arguments) -> {
            Object answer = invoke(store.transitions(), method, arguments);
            if (answer instanceof ExchangeAnswer exchanged) {
                long bytes = exchanged.claims().stream()
                        .mapToLong(claim -> claim.spec().payload().length)
                        .sum();
                mostBytes.accumulateAndGet(bytes, Math::max);
            }
            return answer;
        });
        return passedOn(
                JobStore.class,
                (method, arguments) ->
                        method.getName().equals("transitions") ? transitions : invoke(store, method, arguments));
    }

    private static <T> T passedOn(Class<T> role, Call call) {
        return role.cast(Proxy.newProxyInstance(
                role.getClassLoader(),
                new Class<?>[] {role},
                (proxy, method, arguments) -> call.make(method, arguments)));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @FunctionalInterface
    private interface Call {

        Object make(Method method, Object[] arguments) throws Throwable;
    }
}
