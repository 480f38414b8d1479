package io.jobqueue.spring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.jobqueue.JobError;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import io.jobqueue.PayloadException;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What is stored never chooses a class, whoever has written it. */
class TypesByRegistrationTests {

    private static final AtomicBoolean SPRUNG = new AtomicBoolean();
    private static final String TRAP = TypesByRegistrationTests.class.getName() + "$Trap";

    private final ApplicationContextRunner runner = StarterContext.runner().withBean("shapes", Shapes.class);

    @Test
    void jobTypeThatIsAClassNameHasNoHandler() {
        runner.run(context -> {
            JobSnapshot job = stored(context, TRAP, "{}", JobState.SCHEDULED);

            assertThat(job.attempts()).isZero();
            assertThat(SPRUNG).isFalse();
        });
    }

    @Test
    void classNameInThePayloadIsDataWhereAnyObjectIsRead() {
        runner.run(context -> {
            stored(context, "any", "{\"@class\":\"" + TRAP + "\"}", JobState.COMPLETED);

            assertThat(context.getBean(Shapes.class).seen).containsExactly(Map.of("@class", TRAP));
            assertThat(SPRUNG).isFalse();
        });
    }

    @Test
    void classNameInPlaceOfARegisteredNameFailsTheJob() {
        runner.run(context -> {
            for (String property : List.of("@type", "@class")) {
                JobSnapshot job = stored(
                        context, "shape", "{\"" + property + "\":\"" + TRAP + "\",\"radius\":1}", JobState.FAILED);

                JobError error = Objects.requireNonNull(job.error());
                assertThat(error.type()).isEqualTo(PayloadException.class.getName());
                assertThat(error.message()).doesNotContain("Trap");
            }
            assertThat(context.getBean(Shapes.class).seen).isEmpty();
            assertThat(SPRUNG).isFalse();
        });
    }

    @Test
    void registeredNameChoosesItsClass() {
        runner.run(context -> {
            stored(context, "shape", "{\"@type\":\"circle\",\"radius\":1}", JobState.COMPLETED);

            assertThat(context.getBean(Shapes.class).seen).containsExactly(new Circle(1));
        });
    }

    private static JobSnapshot stored(ApplicationContext context, String type, String json, JobState end) {
        String id = "job-" + json.hashCode();
        context.getBean(JobStore.class)
                .transitions()
                .enqueue(
                        JobQueue.DEFAULT_QUEUE,
                        List.of(new NewJob(
                                id,
                                new JobSpec(type, json.getBytes(UTF_8), 0, JobOptions.NONE),
                                JobRequest.IfFailed.KEEP,
                                Duration.ZERO,
                                null,
                                null)));
        JobQueue queue = context.getBean(JobQueue.class);
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> queue.find(JobId.of(JobQueue.DEFAULT_QUEUE, id)).orElseThrow(), job -> job.state() == end);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
    interface Shape {}

    record Circle(int radius) implements Shape {}

    /** Says when somebody has loaded it. */
    static class Trap implements Shape {

        static {
            SPRUNG.set(true);
        }
    }

    static class Shapes {

        private final List<Object> seen = Collections.synchronizedList(new ArrayList<>());

        @JobHandler("shape")
        void shape(Shape shape) {
            seen.add(shape);
        }

        @JobHandler("any")
        void any(Object any) {
            seen.add(any);
        }
    }
}
