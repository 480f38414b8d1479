package io.jobqueue.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@ExtendWith(OutputCaptureExtension.class)
class QuickStartTests {

    @Autowired
    private Signup signup;

    @Test
    void theQuickStartOfTheReadmeSendsItsMail(CapturedOutput output) {
        signup.register("ada@example.org", "Ada");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(output).contains("Welcome, Ada!"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Signup.class, WelcomeMails.class})
    static class Application {}
}
