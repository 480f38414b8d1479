package io.jobqueue.benchmarks.jmh;

import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What the whole life of a job costs in the memory store itself: enqueue, claim and complete, fifty a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MemoryStoreBenchmark {

    private static final int BATCH = 50;
    private static final String QUEUE = "bench";

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final WorkerSession session = new WorkerSession(QUEUE, "0123456789abcdef", "worker", Duration.ofHours(1));
    private final JobSpec spec = new JobSpec("noop", new byte[100], 0, JobOptions.NONE);
    private long next;

    /** Enqueues fifty jobs, claims them, and completes them without keeping them. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<EnqueueAnswer> lives() {
        List<NewJob> jobs = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            jobs.add(new NewJob("job-" + next++, spec, IfFailed.KEEP, Duration.ZERO, null, null));
        }
        List<EnqueueAnswer> answers = store.transitions().enqueue(QUEUE, jobs);
        ExchangeAnswer claimed = exchange(List.of(), BATCH);
        List<Settlement> endings = new ArrayList<>(BATCH);
        for (Claim claim : claimed.claims()) {
            endings.add(new Settlement.Complete(claim.token(), null, Duration.ZERO));
        }
        exchange(endings, 0);
        return answers;
    }

    private ExchangeAnswer exchange(List<Settlement> endings, int claims) {
        return store.transitions()
                .exchange(new ExchangeRequest(session, endings, claims, Duration.ofHours(1), Set.of()));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        store.close();
    }
}
