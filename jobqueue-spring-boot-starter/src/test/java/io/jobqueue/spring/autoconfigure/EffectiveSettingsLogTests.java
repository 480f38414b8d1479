package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.spring.JobHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class EffectiveSettingsLogTests {

    private static void run(String... arguments) {
        SpringApplication application = new SpringApplication(Application.class, Mails.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(arguments).close();
    }

    @Test
    void whatHoldsIsWrittenOnceWithWhoSaysSo(CapturedOutput output) {
        run(
                "--logging.level.io.jobqueue.spring.autoconfigure.EffectiveSettingsLog=debug",
                "--jobqueue.defaults.lease=45s",
                "--jobqueue.queues.mails.concurrency=4",
                "--jobqueue.queues.orphan.concurrency=1");

        assertThat(output).containsOnlyOnce("What holds, and who says so:");
        assertThat(output.toString())
                .containsPattern("queue 'mails'\\R +concurrency +4 +QUEUE\\R +lease +PT45S +DEFAULTS")
                .containsPattern("queue 'orphan'\\R +concurrency +1 +QUEUE")
                .containsPattern("type 'welcome-mail' of queue 'mails'\\R +max-attempts +7 +HANDLER")
                .containsPattern("timeout +none +BUILT_IN");
    }

    @Test
    void nothingIsWrittenOtherwise(CapturedOutput output) {
        run("--logging.level.io.jobqueue.spring.autoconfigure.EffectiveSettingsLog=info");

        assertThat(output).doesNotContain("What holds, and who says so:");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class})
    static class Application {}

    static class Mails {
        @JobHandler(type = "welcome-mail", queue = "mails", maxAttempts = "7")
        void send() {}
    }
}
