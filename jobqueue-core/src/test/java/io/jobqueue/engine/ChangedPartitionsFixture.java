package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/** A queue of a store in memory, by engines that divide it differently. */
abstract class ChangedPartitionsFixture {

    static final String QUEUE = "mails";
    static final Duration BOUND = Duration.ofSeconds(20);

    final FlakyStore store = new FlakyStore(new MemoryStore());
    final List<JobEngine> engines = new ArrayList<>();
    final JobQueue whole = divided(1);
    final JobQueue six = divided(6);

    @AfterEach
    void close() {
        store.heal();
        engines.forEach(JobEngine::close);
        store.close();
    }

    JobQueue divided(int partitions) {
        JobEngine engine = JobEngine.builder(store)
                .queue(QUEUE, QueueSettings.NONE.withPartitions(partitions))
                .build();
        engines.add(engine);
        return engine.jobQueue();
    }

    static List<JobRequest> requests(int count) {
        return IntStream.range(0, count).mapToObj(i -> request("job-" + i)).toList();
    }

    static void eventually(BooleanSupplier reached) {
        assertThat(new Patience(System::nanoTime).await(BOUND, reached)).isTrue();
    }

    static JobRequest request(String id) {
        return JobRequest.of("type", "payload").queue(QUEUE).id(id).build();
    }
}
