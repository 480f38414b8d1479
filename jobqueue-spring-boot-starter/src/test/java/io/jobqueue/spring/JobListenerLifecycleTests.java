package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobEvent;
import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.autoconfigure.StarterContext;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class JobListenerLifecycleTests {

    private final ApplicationContextRunner runner = StarterContext.runner();

    @Test
    void listenerBeanHearsTheQueuesItNames() {
        runner.withBean(Heard.class, () -> new Heard(Set.of("named"))).run(context -> {
            context.getBean(JobQueue.class)
                    .enqueue(JobRequest.of("type", "x").queue("named").id("a").build());

            assertThat(context.getBean(Heard.class).next()).isEqualTo("ENQUEUED a");
        });
    }

    @Test
    void listenerOfNoQueueHearsThoseThatHaveAHandler() {
        runner.withBean(Heard.class, () -> new Heard(Set.of()))
                .withBean(Greeter.class)
                .run(context -> {
                    context.getBean(JobQueue.class)
                            .enqueue(JobRequest.of("greet", "x")
                                    .queue("greetings")
                                    .id("a")
                                    .build());

                    Heard heard = context.getBean(Heard.class);
                    assertThat(heard.next()).isEqualTo("ENQUEUED a");
                    assertThat(heard.next()).isEqualTo("STARTED a");
                    assertThat(heard.next()).isEqualTo("COMPLETED a");
                });
    }

    @Test
    void listenersStopAfterTheWorkers() {
        runner.run(context -> assertThat(
                        context.getBean(JobListenerLifecycle.class).getPhase())
                .isLessThan(context.getBean(JobQueueLifecycle.class).getPhase()));
    }

    static class Greeter {

        @JobHandler(type = "greet", queue = "greetings")
        void greet(String name) {}
    }

    static final class Heard implements JobListener {

        private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
        private final Set<String> queues;

        Heard(Set<String> queues) {
            this.queues = queues;
        }

        @Override
        public Set<String> queues() {
            return queues;
        }

        @Override
        public void onEvent(JobEvent event) {
            events.add(event);
        }

        String next() throws InterruptedException {
            JobEvent event = events.poll(20, TimeUnit.SECONDS);
            assertThat(event).as("next event").isNotNull();
            return event.kind() + " " + event.id().value();
        }
    }
}
