package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRequestTests {

    private record WelcomeMail(String to) {}

    private static JobRequest.Builder request() {
        return JobRequest.of("type", "payload");
    }

    private static Arguments setter(String says, Consumer<JobRequest.Builder> call) {
        return Arguments.of(says, call);
    }

    @SuppressWarnings("NullAway") // what a caller without null checks may do
    static Stream<Arguments> nulls() {
        return Stream.of(
                setter("queue: is null", request -> request.queue(null)),
                setter("job id: is null", request -> request.id(null)),
                setter("ifFailed: is null", request -> request.ifFailed(null)),
                setter("delay: is null", request -> request.delay(null)),
                setter("runAt: is null", request -> request.runAt(null)),
                setter("backoff: is null", request -> request.backoff(null)),
                setter("timeout: is null", request -> request.timeout(null)),
                setter("retention: is null", request -> request.retention(null)),
                setter("header: is null", request -> request.header(null, "a")),
                setter("header 'a': is null", request -> request.header("a", null)),
                setter("backoff initial: is null", request -> request.backoff(Backoff.fixed(null))),
                setter(
                        "backoff initial: is null",
                        request -> request.backoff(Backoff.exponential(null, Duration.ofDays(1)))),
                setter(
                        "backoff max: is null",
                        request -> request.backoff(Backoff.exponential(Duration.ofDays(1), null))));
    }

    static Stream<Arguments> outOfBounds() {
        return Stream.of(
                setter("maxAttempts 0: must be 1 to 10000", request -> request.maxAttempts(0)),
                setter("maxAttempts 10001: must be 1 to 10000", request -> request.maxAttempts(10_001)),
                setter("runAt +1000000000-12-31", request -> request.runAt(Instant.MAX)),
                setter(
                        "timeout PT0.000999S: is shorter than a millisecond; give at least",
                        request -> request.timeout(Duration.ofNanos(999_000))),
                setter(
                        "retention PT0.0001S: is shorter than a millisecond; give zero or at",
                        request -> request.retention(Duration.ofNanos(100_000))),
                setter(
                        "backoff initial PT0.0001S: is shorter than a millisecond",
                        request -> request.backoff(Backoff.fixed(Duration.ofNanos(100_000)))),
                setter(
                        "backoff max PT0.0001S: is shorter than a millisecond",
                        request -> request.backoff(Backoff.exponential(Duration.ZERO, Duration.ofNanos(100_000)))));
    }

    @ParameterizedTest
    @MethodSource({"nulls", "outOfBounds"})
    void setterSaysWhatIsWrongAtOnce(String says, Consumer<JobRequest.Builder> call) {
        JobRequest.Builder request = request();

        assertThatThrownBy(() -> call.accept(request))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith(says)
                .hasMessageMatching(".*(give|must|leave).*");
    }

    @Test
    void payloadNamesItsTypeItself() {
        JobRequest request =
                JobRequest.of(new WelcomeMail("ada")).queue("mails").build();

        assertThat(request.type()).isEqualTo("welcome-mail");
        assertThat(request.payload()).isEqualTo(new WelcomeMail("ada"));
        assertThat(request.queue()).isEqualTo("mails");
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void payloadThatNamesNoTypeIsRefused() {
        assertThatThrownBy(() -> JobRequest.of((Object) "text"))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageContaining("java.lang.String");
        assertThatThrownBy(() -> JobRequest.of((Object) null))
                .isInstanceOf(InvalidJobException.class)
                .hasMessage("payload: is null; use JobRequest.of(type) for a job without a payload");
    }

    @Test
    void keyAndTimeAreAWindow() {
        assertThat(request().dedup("mail:42", Duration.ofHours(1)).build().dedup())
                .isEqualTo(Dedup.window("mail:42", Duration.ofHours(1)));
    }

    @Test
    void partOfAMillisecondOfDelayIsNoOffence() {
        assertThat(request().delay(Duration.ofNanos(1)).build().delay()).isPositive();
    }

    @Test
    void millisecondAndZeroAreLongEnough() {
        JobRequest request = request()
                .timeout(Duration.ofMillis(1))
                .retention(Duration.ZERO)
                .backoff(Backoff.fixed(Duration.ZERO))
                .build();

        assertThat(request.timeout()).isEqualTo(Duration.ofMillis(1));
        assertThat(request.retention()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000b", "a\u001Fb", "a\u007Fb", "a\u0085b", "a\u009Fb", "a\uD800b", "a\uDC00b"})
    void headerValueThatCannotBeShownIsRefused(String value) {
        assertThatThrownBy(() -> request().header("tenant", value))
                .isInstanceOf(InvalidJobException.class)
                .hasMessageStartingWith(
                        String.format("header 'tenant': character U+%04X at position 1", (int) value.charAt(1)))
                .hasMessageEndingWith("remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\tb", "Zoë", "\uD83D\uDE00", "a\u00A0b"})
    void otherTextIsAHeaderValue(String value) {
        assertThat(request().header("tenant", value).build().headers()).isEqualTo(Map.of("tenant", value));
    }
}
