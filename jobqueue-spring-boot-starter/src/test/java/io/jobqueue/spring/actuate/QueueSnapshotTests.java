package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueueException;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.JobLedger;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueueSnapshotTests {

    private final CountingLedger ledger = new CountingLedger();
    private final List<String> seen = new ArrayList<>();
    private long nanos;
    private final QueueSnapshot snapshot =
            new QueueSnapshot(ledger.ledger(), () -> Set.of("own"), seen::add, () -> nanos);

    @Test
    void storeIsAskedOnceInTenSeconds() {
        snapshot.counts();
        nanos += Duration.ofSeconds(10).toNanos();
        snapshot.counts();
        assertThat(ledger.calls).isEqualTo(2);

        nanos++;
        snapshot.counts();
        assertThat(ledger.calls).isEqualTo(4);
    }

    @Test
    void failingStoreIsNotAskedAgainBeforeTheTimeIsOver() {
        ledger.broken = true;
        assertThat(snapshot.counts()).isEmpty();
        assertThat(snapshot.counts()).isEmpty();
        assertThat(ledger.calls).isEqualTo(1);
    }

    @Test
    void atMostTwoHundredQueuesAreCountedAndOwnOnesFirst() {
        ledger.queues = IntStream.range(0, 300).mapToObj(i -> "a" + i).collect(Collectors.toSet());
        assertThat(snapshot.counts()).hasSize(200).containsKey("own");
        assertThat(seen).hasSize(200);
    }

    /** Answers what a snapshot asks, and nothing else. */
    private static final class CountingLedger implements InvocationHandler {

        private Set<String> queues = Set.of();
        private boolean broken;
        private int calls;

        JobLedger ledger() {
            return (JobLedger)
                    Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {JobLedger.class}, this);
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            calls++;
            return switch (method.getName()) {
                case "counts" -> new QueueCounts((String) arguments[0], 0, 0, 0, 0, 0, 0);
                case "queues" -> names();
                default -> throw new AssertionError("a snapshot does not ask for " + method.getName());
            };
        }

        private Set<String> names() {
            if (broken) {
                throw new JobQueueException("out of order");
            }
            return queues;
        }
    }
}
