package io.jobqueue.benchmarks;

import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call of the store costs its server by the number of jobs in it, one call after the other, without an engine. An
 * exchange completes as many jobs as it claims. With {@code CPU(k) = call / k + job} for two sizes both parts are known.
 */
final class CallsWork implements Work {

    private static final List<Integer> SIZES = List.of(1, 10, 25, 50, 100);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int ID_RADIX = 36;

    private final Bench bench;

    CallsWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int size : SIZES) {
            int jobs = Math.max(size, bench.options().jobs() / (size == 1 ? 10 : 1) / size * size);
            String queue = bench.queue() + "-" + size;
            Meter enqueueing = Meter.start(bench.cost());
            enqueue(queue, jobs, size);
            put(figures, "enqueue of " + size, enqueueing, jobs);
            Meter exchanging = Meter.start(bench.cost());
            exchange(queue, jobs, size);
            put(figures, "exchange of " + size, exchanging, jobs);
            bench.store().operations().obliterate(queue, true);
        }
        return figures;
    }

    private static void put(Map<String, Double> figures, String what, Meter meter, int jobs) {
        figures.put(what + ", server CPU µs a job", meter.stop().server().sum(ServerReading.One::cpuMicros) / jobs);
    }

    private void enqueue(String queue, int jobs, int size) {
        JobSpec spec = new JobSpec("bench", new byte[bench.options().bytes()], 0, JobOptions.NONE);
        for (int done = 0; done < jobs; done += size) {
            List<NewJob> call = new ArrayList<>(size);
            for (int i = done; i < done + size; i++) {
                String id = "0190f3a1c7d2" + Integer.toString(Integer.MAX_VALUE - i, ID_RADIX);
                call.add(new NewJob(id, spec, IfFailed.KEEP, Duration.ZERO, null, null));
            }
            transitions().enqueue(queue, call);
        }
    }

    private void exchange(String queue, int jobs, int size) {
        WorkerSession session = new WorkerSession(queue, "0123456789abcdef0123456789abcdef", "worker", HOUR);
        List<Settlement> endings = List.of();
        for (int done = 0; done <= jobs; done += size) {
            int wanted = done < jobs ? size : 0;
            List<Claim> claims = transitions()
                    .exchange(new ExchangeRequest(session, endings, wanted, HOUR, Set.of()))
                    .claims();
            List<Settlement> next = new ArrayList<>(size);
            claims.forEach(claim -> next.add(new Settlement.Complete(claim.token(), null, HOUR)));
            endings = next;
        }
    }

    private JobTransitions transitions() {
        return bench.store().transitions();
    }
}
