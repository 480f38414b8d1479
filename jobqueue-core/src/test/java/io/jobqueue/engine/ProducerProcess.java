package io.jobqueue.engine;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.redis.RedisConnection;
import io.jobqueue.store.redis.RedisStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.IntFunction;
import redis.clients.jedis.Jedis;

/**
 * A process whose threads all enqueue the same job at the same time as those of the other process, round for round,
 * and tell what they were answered: a line an answer with what was compared, the status and the id.
 *
 * <p>Arguments: URL of the server, threads, processes, rounds.
 */
final class ProducerProcess {

    static final String QUEUE = "mails";

    private ProducerProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        URI url = URI.create(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int processes = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        try (RedisStore store = RedisStore.open(RedisConnection.of(url.toString()), "jq");
                JobEngine engine = JobEngine.builder(store).build();
                Jedis redis = new Jedis(url)) {
            CyclicBarrier together = new CyclicBarrier(threads, () -> meet(redis, processes));
            Thread[] callers = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                int caller = i;
                callers[i] = new Thread(() -> call(engine.jobQueue(), rounds, caller, together));
                callers[i].start();
            }
            for (Thread caller : callers) {
                caller.join();
            }
        }
    }

    /** Waits until every process is here. */
    private static void meet(Jedis redis, int processes) {
        long turn = (redis.incr("arrived") - 1) / processes;
        while (Long.parseLong(redis.get("arrived")) < (turn + 1) * processes) {
            Thread.onSpinWait();
        }
    }

    private static void call(JobQueue queue, int rounds, int caller, CyclicBarrier together) {
        List<IntFunction<JobRequest>> kinds = List.of(
                round -> request("id").id("id-" + round).build(),
                round -> request("until-terminal")
                        .dedup(Dedup.untilTerminal("u" + round))
                        .build(),
                round -> request("window")
                        .dedup(Dedup.window("w" + round, Duration.ofMinutes(5)))
                        .build(),
                round -> request("until-terminal-or-ttl")
                        .dedup(Dedup.untilTerminalOr("t" + round, Duration.ofMinutes(5)))
                        .build(),
                round -> request("debounce").dedup(Dedup.debounce("d" + round)).build(),
                round -> request("content").contentId().build());
        for (int round = 0; round < rounds; round++) {
            for (IntFunction<JobRequest> kind : kinds) {
                JobRequest request = kind.apply(round);
                await(together);
                Enqueued answer = caller % 2 == 0
                        ? queue.enqueue(request)
                        : queue.enqueueAll(List.of(request, request)).get(1);
                tell(request, round, caller, answer);
            }
        }
    }

    /** Of two equal requests in one call the second can only be a duplicate; who stored the first is told by the id. */
    private static void tell(JobRequest request, int round, int caller, Enqueued answer) {
        String compared = request.contentId() ? request.type() : request.type() + "-" + round;
        System.out.println(String.join(
                " ",
                compared,
                caller % 2 == 0 ? "one" : "bulk",
                answer.status().name(),
                answer.id().value()));
    }

    private static JobRequest.Builder request(String type) {
        return JobRequest.of(type, "payload").queue(QUEUE);
    }

    private static void await(CyclicBarrier together) {
        try {
            together.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }
}
