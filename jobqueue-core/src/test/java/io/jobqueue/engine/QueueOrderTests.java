package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobRequest;
import io.jobqueue.store.memory.MemoryStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QueueOrderTests {

    private final MemoryStore store = new MemoryStore();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private final JobEngine engine = JobEngine.builder(store)
            .defaults(new QueueSettings(1, null, JobSettings.NONE))
            .queue("news", QueueSettings.NONE.withOrder(QueueOrder.LIFO))
            .handler(HandlerDefinition.of("news", "news", String.class, (payload, job) -> ran.add(payload)))
            .handler(HandlerDefinition.of("mail", "mails", String.class, (payload, job) -> ran.add(payload)))
            .build();

    @AfterEach
    void close() {
        engine.close();
        store.close();
    }

    private void assertRun(String... payloads) throws InterruptedException {
        engine.start();
        for (String payload : payloads) {
            assertThat(ran.poll(20, TimeUnit.SECONDS)).isEqualTo(payload);
        }
    }

    @Test
    void lastInIsFirstOutInBulkToo() throws InterruptedException {
        engine.jobQueue().enqueue("news", "1");
        engine.jobQueue()
                .enqueueAll(List.of(
                        JobRequest.of("news", "2").build(),
                        JobRequest.of("news", "3").build()));
        engine.jobQueue().enqueue("news", "4");

        assertRun("4", "3", "2", "1");
    }

    @Test
    void requestThatSaysWhereItGoesIsObeyed() throws InterruptedException {
        engine.jobQueue().enqueue("news", "1");
        engine.jobQueue().enqueue(JobRequest.of("news", "2").atEnd().build());
        engine.jobQueue().enqueue(JobRequest.of("news", "3").atFront().build());
        engine.jobQueue().enqueue(JobRequest.of("news", "4").priority(1).build());

        assertRun("4", "3", "1", "2");
    }

    @Test
    void otherQueuesStayFirstInFirstOut() throws InterruptedException {
        engine.jobQueue().enqueue("mail", "1");
        engine.jobQueue().enqueue("mail", "2");

        assertRun("1", "2");
    }
}
