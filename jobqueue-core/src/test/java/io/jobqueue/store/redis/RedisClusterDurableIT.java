package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Durability;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.DurableStoreContract;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisCluster;
import io.jobqueue.testkit.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RedisClusterDurableIT extends DurableStoreContract {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Override
    protected JobStore open(HeldClock clock) {
        return RedisStore.open(cluster.connection(), "jq", new HeldStoreClock(clock));
    }

    @Override
    public Durability confirmable() {
        return Durability.replica(1);
    }

    @Test
    void slotThatHasMovedIsFollowed() {
        enqueue("a");
        cluster.moveSlot(tag());

        assertThat(enqueue("a")).isEqualTo(Status.DUPLICATE);
    }

    @Test
    void formerMasterThatIsAReplicaNowIsNotAskedWhatItConfirms() {
        enqueue("a", Durability.NONE); // learns who is in charge, and asks nobody for a confirmation
        RedisServer former = cluster.masterOf(tag());
        cluster.failOver(tag());
        long asked = former.calls("cluster|slots");

        assertThat(enqueue("b")).isEqualTo(Status.QUEUED);
        assertThat(former.calls("cluster|slots"))
                .as("who steps back knows first who is in charge")
                .isGreaterThan(asked);
    }

    @Test
    void callWaitsForASlotOnTheMove() throws InterruptedException, ExecutionException, TimeoutException {
        enqueue("a");
        RedisServer target = cluster.beginMove(tag());
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            long refused = cluster.refusals("TRYAGAIN");
            Future<Status> waiting = other.submit(() -> enqueue("b"));
            Patience.until("the cluster refused it again", PATIENCE, () -> cluster.refusals("TRYAGAIN") > refused + 1);

            cluster.finishMove(tag(), target);

            assertThat(waiting.get(10, TimeUnit.SECONDS)).isEqualTo(Status.QUEUED);
            assertThat(store().ledger().counts(queue()).waiting()).isEqualTo(2);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void slotThatStaysOnTheMoveRefusesForCertain() {
        enqueue("a");
        RedisServer target = cluster.beginMove(tag());

        assertThatThrownBy(() -> enqueue("b"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e)
                                .returns(Outcome.REFUSED, StoreUnavailableException::outcome)
                                .hasMessageContaining("TRYAGAIN"));
        cluster.finishMove(tag(), target);

        assertThat(enqueue("b")).isEqualTo(Status.QUEUED);
        assertThat(store().ledger().counts(queue()).waiting()).isEqualTo(2);
    }

    private Status enqueue(String id) {
        return enqueue(id, confirmable());
    }

    private Status enqueue(String id, Durability durability) {
        return store().durableEnqueue()
                .orElseThrow()
                .enqueue(queue(), List.of(List.of(RedisStoreFixture.job(id))), durability, PATIENCE)
                .get(0)
                .status();
    }

    private String tag() {
        return "{jq:" + queue() + "}";
    }
}
