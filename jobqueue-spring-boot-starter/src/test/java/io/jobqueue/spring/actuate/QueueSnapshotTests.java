package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueSnapshotTests {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private final CountingLedger ledger = new CountingLedger();
    private final Set<String> seen = new LinkedHashSet<>();
    private long nanos;
    private final QueueSnapshot snapshot = new QueueSnapshot(
            ledger.ledger(), Duration.ofSeconds(10), () -> Set.of("own"), seen::addAll, () -> nanos, () -> NOW);

    @Test
    void storeIsAskedOnceInTenSeconds() {
        snapshot.queues();
        nanos += Duration.ofSeconds(10).toNanos();
        snapshot.queues();
        assertThat(ledger.calls).isEqualTo(2);

        nanos++;
        snapshot.queues();
        assertThat(ledger.calls).isEqualTo(4);
    }

    @Test
    void readingHoldsForTheIntervalThatIsSet() {
        QueueSnapshot hasty = new QueueSnapshot(
                ledger.ledger(), Duration.ofSeconds(1), Set::of, seen::addAll, () -> nanos, () -> NOW);
        hasty.queues();
        nanos += Duration.ofSeconds(1).toNanos() + 1;
        hasty.queues();
        assertThat(ledger.calls).isEqualTo(2);
    }

    @Test
    void readingThatTakesLongerThanItHoldsIsNotRepeatedAtOnce() {
        QueueSnapshot slow = new QueueSnapshot(
                ledger.ledger(),
                Duration.ofSeconds(1),
                Set::of,
                names -> nanos += 2_000_000_000L,
                () -> nanos,
                () -> NOW);
        slow.queues();
        slow.queues();

        assertThat(ledger.calls).isEqualTo(1);
    }

    @Test
    void failingStoreIsNotAskedAgainBeforeTheTimeIsOver() {
        ledger.broken = true;
        assertThat(snapshot.queues()).isEmpty();
        assertThat(snapshot.queues()).isEmpty();
        assertThat(ledger.calls).isEqualTo(1);
    }

    @Test
    void atMostTwoHundredQueuesAreCountedAndOwnOnesFirst() {
        ledger.queues = IntStream.range(0, 300).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        assertThat(snapshot.queues()).hasSize(200).containsKey("own");
        assertThat(seen).hasSize(200);
    }

    @Test
    void queueThatCannotBeReadIsLeftOutAndTheOthersAreThere() {
        ledger.queues = Set.of("a", "damaged", "z");
        ledger.damaged = Set.of("damaged");

        assertThat(snapshot.queues()).containsOnlyKeys("own", "a", "z");
        assertThat(seen).containsExactly("own", "a", "damaged", "z");
    }

    @Test
    void readingEndsWhenQueuesThatHangHaveCostFiveSeconds() {
        ledger.queues = IntStream.range(0, 100).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        ledger.damaged = ledger.queues;
        ledger.whenAsked = () -> nanos += Duration.ofSeconds(2).toNanos();

        assertThat(snapshot.queues()).containsOnlyKeys("own");
        assertThat(ledger.calls).isEqualTo(5);
    }

    @Test
    void latencyIsTheAgeOfTheOldestNextJobAndNeverNegative() {
        ledger.oldest = NOW.minusSeconds(90);
        assertThat(latency()).isEqualTo(Duration.ofSeconds(90));

        ledger.oldest = NOW.plusSeconds(1);
        nanos += Duration.ofSeconds(11).toNanos();
        assertThat(latency()).isZero();

        ledger.oldest = null;
        nanos += Duration.ofSeconds(11).toNanos();
        assertThat(latency()).isZero();
    }

    private Duration latency() {
        return Objects.requireNonNull(snapshot.queues().get("own")).latency();
    }

    /** Answers what a snapshot asks, and nothing else. */
    private static final class CountingLedger implements InvocationHandler {

        private Set<String> queues = Set.of();
        private boolean broken;
        private Set<String> damaged = Set.of();
        private Runnable whenAsked = () -> {};
        private @Nullable Instant oldest;
        private int calls;

        JobLedger ledger() {
            return (JobLedger)
                    Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {JobLedger.class}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            calls++;
            return switch (method.getName()) {
                case "overview" -> overview((String) arguments[0]);
                case "queues" -> names();
                default -> throw new AssertionError("a snapshot does not ask for " + method.getName());
            };
        }

        private QueueOverview overview(String queue) {
            whenAsked.run();
            if (damaged.contains(queue)) {
                throw new JobQueueException("damaged");
            }
            return new QueueOverview(new QueueCounts(queue, 0, 0, 0, 0, 0, 0), false, Set.of(), null, oldest);
        }

        private Set<String> names() {
            if (broken) {
                throw new JobQueueException("out of order");
            }
            return queues;
        }
    }
}
