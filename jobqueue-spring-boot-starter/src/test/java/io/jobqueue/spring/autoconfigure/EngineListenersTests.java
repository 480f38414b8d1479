package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.engine.EngineListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EngineListenersTests {

    private final List<String> heard = new ArrayList<>();

    @Test
    void listenerThatFailsIsNamedOnceAndTheOthersAreToldAllTheSame(CapturedOutput output) {
        EngineListeners listeners = new EngineListeners(List.of(new Failing(), new Hearing()));

        listeners.reaped("mails", 3);
        listeners.reaped("mails", 4);

        assertThat(heard).containsExactly("mails 3", "mails 4");
        assertThat(output).containsOnlyOnce("Failing failed, the others are told all the same");
    }

    private static final class Failing implements EngineListener {

        @Override
        public void reaped(String queue, int claims) {
            throw new AssertionError("a bug");
        }
    }

    private final class Hearing implements EngineListener {

        @Override
        public void reaped(String queue, int claims) {
            heard.add(queue + " " + claims);
        }
    }
}
