package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.spring.JobHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HandlerCheckTests {

    private static final String NONE = "There is no job handler, so this process runs no jobs";

    private final ApplicationContextRunner runner = StarterContext.runner();
    private final ApplicationContextRunner mails = runner.withBean(Mails.class);

    @Test
    void processThatRunsJobsAndHasNoHandlerIsWarnedWithWhatToDo(CapturedOutput output) {
        runner.run(context -> assertThat(output)
                .containsOnlyOnce(NONE)
                .contains("@Component")
                .contains("jobqueue.worker.enabled=false"));
    }

    @Test
    void processWithAHandlerAndOneThatOnlyEnqueuesAreNotWarned(CapturedOutput output) {
        mails.run(context -> assertThat(context).hasNotFailed());
        runner.withPropertyValues("jobqueue.worker.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain(NONE);
    }

    @Test
    void typeThatNoHandlerTakesIsWarnedOfWithTheOneThatIsMeant(CapturedOutput output) {
        mails.withPropertyValues("jobqueue.queues.mails.types=WelcomeMail")
                .run(context -> assertThat(output)
                        .containsOnlyOnce("jobqueue.queues.mails.types: no handler of this process takes jobs of type"
                                + " 'WelcomeMail', and those of type 'welcome-mail' are not claimed; did you mean"
                                + " 'welcome-mail'?"));
    }

    @Test
    void typeOfAllQueuesIsWarnedOfOnceAndNotWhereAQueueHasTypesOfItsOwn(CapturedOutput output) {
        mails.withPropertyValues(
                        "jobqueue.defaults.types=invoice",
                        "jobqueue.queues.mails.types=welcome-mail",
                        "jobqueue.queues.others.types=none-here")
                .run(context -> assertThat(output)
                        .containsOnlyOnce(
                                "jobqueue.defaults.types: no handler of this process takes jobs of type 'invoice'")
                        .doesNotContain("jobqueue.queues.mails.types", "jobqueue.queues.others.types", "did you mean"));
    }

    @Test
    void handlersThatAreLeftToOtherProcessesAreNoWarning(CapturedOutput output) {
        mails.withPropertyValues("jobqueue.queues.mails.types=welcome-mail", "jobqueue.queues.letters.types=letter")
                .run(context -> assertThat(context).hasNotFailed());
        assertThat(output).doesNotContain("no handler of this process takes");
    }

    static class Mails {

        @JobHandler(type = "welcome-mail", queue = "mails")
        void welcome() {}

        @JobHandler(type = "farewell", queue = "mails")
        void farewell() {}

        @JobHandler(type = "letter", queue = "letters")
        void letter() {}

        @JobHandler(type = "postcard", queue = "letters")
        void postcard() {}
    }
}
