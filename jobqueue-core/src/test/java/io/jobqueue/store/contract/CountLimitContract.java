package io.jobqueue.store.contract;

import static io.jobqueue.store.contract.JobDraft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Dedup;
import io.jobqueue.Enqueued.Status;
import io.jobqueue.JobState;
import io.jobqueue.QueueCounts;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many ended jobs are kept. */
public interface CountLimitContract extends StoreFixture {

    private static PurgeRequest most(JobState state, int most) {
        return new PurgeRequest(
                ExchangeRequest.MOST,
                state == JobState.COMPLETED ? most : null,
                state == JobState.FAILED ? most : null,
                state == JobState.CANCELLED ? most : null);
    }

    private int purge(PurgeRequest request) {
        return jobs().purge(lead(), request);
    }

    private Settlement end(JobState state, Claim claim, Duration retention) {
        return switch (state) {
            case COMPLETED -> new Settlement.Complete(claim.token(), null, retention);
            case FAILED -> new Settlement.Fail(claim.token(), Ending.ERROR, retention);
            default -> new Settlement.Cancel(claim.token(), retention);
        };
    }

    private void end(JobState state, String id, Duration retention) {
        WorkerSession worker = session();
        settle(worker, end(state, claimNew(worker, id), retention));
    }

    private List<String> kept(String... ids) {
        return Stream.of(ids).filter(this::isKept).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    default void jobsBeyondTheCountAreRemovedThoseThatWouldEndFirst(JobState state) {
        end(state, "long", KEPT.multipliedBy(2));
        end(state, "short", KEPT.dividedBy(2));
        end(state, "first", KEPT);
        end(state, "second", KEPT);

        assertThat(purge(most(state, 2))).isEqualTo(2);

        assertThat(kept("long", "short", "first", "second")).containsExactly("long", "second");
        assertThat(purge(most(state, 2))).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "CANCELLED"})
    default void limitOfAStateLeavesTheOthers(JobState limited) {
        JobState[] states = {JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED};
        for (JobState state : states) {
            end(state, state + "-1", KEPT);
            end(state, state + "-2", KEPT);
        }

        assertThat(purge(most(limited, 1))).isOne();

        for (JobState state : states) {
            assertThat(kept(state + "-1", state + "-2")).hasSize(state == limited ? 1 : 2);
        }
    }

    @Test
    default void countsWithoutALimitGrow() {
        for (int i = 0; i < 5; i++) {
            end(JobState.COMPLETED, "job-" + i, KEPT);
        }

        assertThat(purge()).isZero();
        assertThat(purge(most(JobState.COMPLETED, 5))).isZero();
        assertThat(counts().completed()).isEqualTo(5);
    }

    @Test
    default void retentionThatIsOverGoesBeforeTheCount() {
        end(JobState.COMPLETED, "over", Duration.ofSeconds(5));
        end(JobState.COMPLETED, "a", KEPT);
        end(JobState.COMPLETED, "b", KEPT);
        pass(Duration.ofSeconds(5));

        assertThat(purge(most(JobState.COMPLETED, 2))).isOne();

        assertThat(kept("over", "a", "b")).containsExactly("a", "b");
    }

    @Test
    default void retentionChangedByHandDecides() {
        end(JobState.FAILED, "a", KEPT);
        end(JobState.FAILED, "b", KEPT);
        operations().retain(queue(), "a", KEPT.plusSeconds(1));

        assertThat(purge(most(JobState.FAILED, 1))).isOne();

        assertThat(kept("a", "b")).containsExactly("a");
    }

    @Test
    default void replayedJobIsNotCounted() {
        end(JobState.FAILED, "a", KEPT);
        end(JobState.FAILED, "b", KEPT);
        operations().replay(queue(), List.of("a"));

        assertThat(purge(most(JobState.FAILED, 1))).isZero();

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(stateOf("b")).isEqualTo(JobState.FAILED);
    }

    @Test
    default void purgeBeyondTheCountKeepsItsLimit() {
        for (int i = 0; i < 6; i++) {
            end(JobState.COMPLETED, "job-" + i, KEPT);
        }
        PurgeRequest two = new PurgeRequest(2, 1, null, null);

        assertThat(purge(two)).isEqualTo(2);
        assertThat(purge(two)).isEqualTo(2);
        assertThat(purge(two)).isOne();
        assertThat(purge(two)).isZero();
        assertThat(kept("job-4", "job-5")).containsExactly("job-5");
    }

    @Test
    default void nothingIsLeftOfAJobBeyondTheCount() {
        WorkerSession worker = session();
        enqueue(job("a").dedup(Dedup.untilTerminal("key")), job("b"));
        Claim claim = claimOne(worker);
        settle(worker, end(JobState.FAILED, claim, KEPT));
        settle(worker, end(JobState.FAILED, claimOne(worker), KEPT));

        purge(most(JobState.FAILED, 1));

        assertThat(isKept("a")).isFalse();
        assertThat(counts()).isEqualTo(new QueueCounts(queue(), 0, 0, 0, 0, 1, 0));
        assertThat(enqueue(job("a").dedup(Dedup.untilTerminal("key"))).get(0).status())
                .isEqualTo(Status.QUEUED);
        pass(KEPT);
        assertThat(purge()).isOne();
        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
    }

    @Test
    default void manyJobsOfAnotherStateInFrontCostNothing() {
        int many = 10_000;
        WorkerSession worker = session();
        for (int from = 0; from < many; from += ExchangeRequest.MOST) {
            enqueue(IntStream.range(from, from + ExchangeRequest.MOST)
                    .mapToObj(i -> "failed-" + i)
                    .toArray(String[]::new));
            exchange(
                    worker,
                    0,
                    claim(worker, ExchangeRequest.MOST).stream()
                            .map(claim -> end(JobState.FAILED, claim, KEPT))
                            .toArray(Settlement[]::new));
        }
        for (int i = 0; i < 12; i++) {
            end(JobState.COMPLETED, "completed-" + i, KEPT.plusSeconds(1));
        }

        assertThat(purge(most(JobState.COMPLETED, 10))).isEqualTo(2);

        assertThat(kept("completed-0", "completed-1", "completed-2")).containsExactly("completed-2");
        assertThat(counts().failed()).isEqualTo(many);
    }
}
