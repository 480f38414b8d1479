package io.jobqueue.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Job;
import io.jobqueue.JobContext;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;

class JobHandlerReflectiveProcessorTests {

    private final RuntimeHints hints = new RuntimeHints();

    @Test
    void handlerMethodIsInvokedAndItsPayloadAndResultAreBound() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Mails.class);

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Mails.class, "send"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(WelcomeMail.class, "to"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Receipt.class, "number"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(JobContext.class)).rejects(hints);
    }

    @Test
    void payloadInsideAJobIsBoundAndTheJobIsNot() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, WholeJobs.class);

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(WelcomeMail.class, "to"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(Job.class)).rejects(hints);
    }

    record Receipt(String number) {}

    static class Mails {
        @JobHandler("welcome-mail")
        CompletionStage<Receipt> send(WelcomeMail mail, JobContext job, @JobHeader("tenant") String tenant) {
            throw new AssertionError("not called");
        }
    }

    static class WholeJobs {
        @JobHandler("welcome-mail")
        void send(Job<WelcomeMail> job) {
            throw new AssertionError("not called");
        }
    }
}
