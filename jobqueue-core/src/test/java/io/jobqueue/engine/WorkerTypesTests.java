package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Workers that claim only some types. */
class WorkerTypesTests extends EngineBench {

    private static final QueueSettings ONLY_TYPE = QueueSettings.NONE.withTypes(Set.of("type"));
    private static final QueueSettings ONLY_FOREIGN = QueueSettings.NONE.withTypes(Set.of("foreign"));

    private static JobRequest foreign(String id) {
        return JobRequest.of("foreign", id).id(id).queue(QUEUE).build();
    }

    @Test
    void workerLeavesJobsOfOtherTypesAlone() {
        JobEngine engine = engine((payload, job) -> null, builder -> builder.queue(QUEUE, ONLY_TYPE));
        engine.jobQueue().enqueue(foreign("f"));
        engine.jobQueue().enqueue(job("mine"));
        engine.start();

        eventually(() -> find(engine, "mine").state() == JobState.COMPLETED);

        assertThat(find(engine, "f").state()).isEqualTo(JobState.WAITING);
        assertThat(find(engine, "f").attempts()).isZero();
    }

    @Test
    void hintComesToTheIdleWorkerThatCanUseIt() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        for (int i = 0; i < 3; i++) {
            engine((payload, job) -> null, builder -> builder.queue(QUEUE, ONLY_TYPE))
                    .start();
        }
        JobEngine other = JobEngine.builder(store)
                .handler(HandlerDefinition.of("foreign", QUEUE, String.class, (payload, job) -> {
                    ran.countDown();
                    return null;
                }))
                .queue(QUEUE, ONLY_FOREIGN)
                .claimWait(Duration.ofSeconds(5))
                .build();
        engines.add(other);
        other.start();

        other.jobQueue().enqueue(foreign("f"));

        await(ran);
    }
}
