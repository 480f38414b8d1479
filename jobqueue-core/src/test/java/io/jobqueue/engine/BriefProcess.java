package io.jobqueue.engine;

import io.jobqueue.JobRequest;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Duration;

/** A process whose main ends at once and whose only job stops the engine. */
final class BriefProcess {

    static final String RAN = "the job ran";

    private BriefProcess() {}

    public static void main(String[] arguments) {
        JobEngine[] self = new JobEngine[1];
        JobEngine engine = JobEngine.builder(new MemoryStore())
                .handler(HandlerDefinition.of("stop", "brief", String.class, (payload, job) -> {
                    System.out.println(RAN);
                    new Thread(self[0]::stop).start();
                    return null;
                }))
                .build();
        self[0] = engine;
        engine.start();
        engine.jobQueue()
                .enqueue(JobRequest.of("stop", "now")
                        .delay(Duration.ofSeconds(1))
                        .build());
    }
}
