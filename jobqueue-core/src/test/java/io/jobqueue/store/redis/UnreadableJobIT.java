package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Attempt;
import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.StallPolicy;
import io.jobqueue.UnreadableJobException;
import io.jobqueue.store.Claim;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.contract.HeldClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;

/** What a store does with a job it cannot read, for each way in which that comes about. */
class UnreadableJobIT extends RedisStoreFixture {

    private static final byte[] JOBS = "{jq:mails}:jobs".getBytes(UTF_8);
    private static final byte[] MARKS = "{jq:mails}:marks".getBytes(UTF_8);
    private static final byte[] OUTCOMES = "{jq:mails}:outcomes".getBytes(UTF_8);
    private static final JobError ERROR = new JobError(JobError.UNREADABLE, "m", "");

    private final HeldClock clock = new HeldClock();

    /** What somebody has made of stored bytes. */
    enum Damage {
        EMPTY {
            @Override
            byte[] made(byte[] stored) {
                return new byte[0];
            }
        },
        GARBAGE {
            @Override
            byte[] made(byte[] stored) {
                return "garbage that somebody put here".getBytes(UTF_8);
            }
        },
        NEWER {
            @Override
            byte[] made(byte[] stored) {
                byte[] newer = stored.clone();
                newer[0] = 9;
                return newer;
            }
        },
        CUT {
            @Override
            byte[] made(byte[] stored) {
                return java.util.Arrays.copyOf(stored, 5);
            }
        },
        ENDLESS_TYPE {
            @Override
            byte[] made(byte[] stored) {
                byte[] endless = stored.clone();
                java.util.Arrays.fill(endless, Math.min(18, endless.length - 1), endless.length, (byte) 0xFF);
                return endless;
            }
        };

        abstract byte[] made(byte[] stored);
    }

    @BeforeEach
    void holdTheClock() {
        store.close();
        store = RedisStore.open(server.connection(), "jq", new HeldStoreClock(clock));
    }

    private void damage(byte[] hash, String id, Damage damage) {
        try (Jedis redis = server.commands()) {
            byte[] field = id.getBytes(UTF_8);
            redis.hset(hash, field, damage.made(redis.hget(hash, field)));
        }
    }

    private static List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.token().jobId()).toList();
    }

    private List<String> listed(JobState state) {
        return store.ledger().list(QUEUE, state, null, 100).jobs().stream()
                .map(StoredJob::id)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void unreadableRecordIsClaimedAsSuchAndHoldsUpNobody(Damage damage) {
        enqueue(store, "a");
        enqueue(store, "b");
        enqueue(store, "c");
        damage(JOBS, "b", damage);

        List<Claim> claims = claim(store, session("s"), 10);

        assertThat(ids(claims)).containsExactly("a", "b", "c");
        assertThat(claims)
                .extracting(Claim::defect)
                .satisfiesExactly(
                        a -> assertThat(a).isNull(),
                        b -> assertThat(b).isNotBlank(),
                        c -> assertThat(c).isNull());
        assertThat(claims.get(1).spec()).isSameAs(JobSpec.UNREADABLE);
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void pageLeavesItOutAndFindNamesIt(Damage damage) {
        enqueue(store, "a");
        enqueue(store, "b");
        enqueue(store, "c");
        damage(JOBS, "b", damage);

        assertThat(listed(JobState.WAITING)).containsExactly("a", "c");
        assertThatThrownBy(() -> store.ledger().find(QUEUE, "b"))
                .isInstanceOf(UnreadableJobException.class)
                .hasMessageContaining("mails/b")
                .hasMessageContaining("remove");
        assertThat(store.ledger().states(QUEUE, List.of("a", "b"))).doesNotContain(java.util.Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void itIsHandedBackCountedAndEndsAmongTheDeadLetters(Damage damage) {
        WorkerSession session = new WorkerSession(QUEUE, "s", Duration.ofDays(1));
        enqueue(store, "b");
        damage(JOBS, "b", damage);

        for (int handBacks = 0; handBacks < 5; handBacks++) {
            Claim claim = claim(store, session, 1).get(0);
            assertThat(claim.handBacks()).isEqualTo(handBacks);
            exchange(session, new Settlement.HandBack(claim.token(), Duration.ofSeconds(5)));
            assertThat(claim(store, session, 1)).isEmpty();
            clock.advance(Duration.ofSeconds(5));
        }
        Claim last = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Fail(last.token(), ERROR, HOUR));

        assertThat(listed(JobState.FAILED)).containsExactly("b");
        assertThat(store.ledger().find(QUEUE, "b")).hasValueSatisfying(job -> {
            assertThat(job.error()).isEqualTo(ERROR);
            assertThat(job.spec()).isSameAs(JobSpec.UNREADABLE);
        });
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void deadLetterIsReplayedAndRemoved(Damage damage) {
        WorkerSession session = session("s");
        enqueue(store, "b");
        damage(JOBS, "b", damage);
        Claim claim = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Fail(claim.token(), ERROR, HOUR));

        assertThat(store.operations().replay(QUEUE, List.of("b"))).containsExactly(true);
        Claim again = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Fail(again.token(), ERROR, HOUR));

        assertThat(again.defect()).isNotBlank();
        assertThat(store.operations().remove(QUEUE, "b")).isEqualTo(Removal.REMOVED);
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void itIsRemovedWhileItWaits(Damage damage) {
        enqueue(store, "b");
        damage(JOBS, "b", damage);

        assertThat(store.operations().remove(QUEUE, "b")).isEqualTo(Removal.REMOVED);

        assertThat(claim(store, session("s"), 1)).isEmpty();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void itIsTakenOverFromALostWorker(Damage damage) {
        enqueue(store, "b");
        damage(JOBS, "b", damage);
        claim(store, session("lost"), 1);
        clock.advance(HOUR);
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();

        assertThat(store.transitions().reap(term, new ReapRequest(100, StallPolicy.REQUEUE, 3, HOUR, HOUR)))
                .hasSize(1);

        assertThat(ids(claim(store, session("s"), 1))).containsExactly("b");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void itIsReleasedAndClaimedOnce(Damage damage) {
        WorkerSession session = session("s");
        enqueue(store, "b");
        damage(JOBS, "b", damage);
        Claim claim = claim(store, session, 1).get(0);

        exchange(session, new Settlement.Release(claim.token()));

        assertThat(ids(claim(store, session, 5))).containsExactly("b");
        assertThat(claim(store, session, 5)).isEmpty();
    }

    @Test
    void recordOfANewerReleaseIsNotChanged() {
        enqueue(store, "b");
        damage(JOBS, "b", Damage.NEWER);

        assertThatThrownBy(() -> store.operations().change(QUEUE, "b", new JobChange(3, null, null)))
                .isInstanceOf(UnreadableJobException.class);

        try (Jedis redis = server.commands()) {
            assertThat(redis.hget(JOBS, "b".getBytes(UTF_8))[0]).isEqualTo((byte) 9);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void dueJobIsClaimedAsUnreadable(Damage damage) {
        enqueue(store, "b");
        store.operations().change(QUEUE, "b", new JobChange(null, Duration.ofSeconds(9), null));
        damage(JOBS, "b", damage);
        damage(MARKS, "b", damage);

        clock.advance(Duration.ofSeconds(10));

        assertThat(claim(store, session("s"), 1)).extracting(Claim::defect).doesNotContainNull();
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void jobWhoseMarkIsLostRunsAndCountsAnew(Damage damage) {
        WorkerSession session = session("s");
        enqueue(store, "a");
        Claim first = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Retry(first.token(), Duration.ZERO, ERROR));
        damage(MARKS, "a", damage);

        Claim again = claim(store, session, 1).get(0);
        exchange(session, new Settlement.Complete(again.token(), null, HOUR));

        if (damage != Damage.ENDLESS_TYPE) {
            assertThat(again.attempt()).isEqualTo(1);
        }
        assertThat(store.ledger().find(QUEUE, "a"))
                .hasValueSatisfying(job -> assertThat(job.state()).isEqualTo(JobState.COMPLETED));
    }

    @ParameterizedTest
    @EnumSource(
            value = Damage.class,
            names = {"EMPTY", "GARBAGE", "NEWER", "CUT"})
    void jobWhoseOutcomeCannotBeReadCountsAsFailedAndIsPurgedInTime(Damage damage) {
        WorkerSession session = session("s");
        enqueue(store, "a");
        exchange(
                session, new Settlement.Complete(claim(store, session, 1).get(0).token(), null, HOUR));
        damage(OUTCOMES, "a", damage);

        assertThat(claim(store, session, 1)).isEmpty();
        assertThat(store.ledger().find(QUEUE, "a")).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.FAILED);
            assertThat(java.util.Objects.requireNonNull(job.error()).type()).isEqualTo(JobError.UNREADABLE);
        });
        clock.advance(HOUR.plusSeconds(1));
        Term term = store.leaderLock().acquire(QUEUE, "me", HOUR).orElseThrow();
        assertThat(store.transitions().purge(term, new PurgeRequest(100))).isEqualTo(1);
        assertThat(store.ledger().find(QUEUE, "a")).isEmpty();
    }

    @Test
    void progressAndErrorThatCannotBeReadAreLeftOutOrNamed() {
        WorkerSession session = session("s");
        enqueue(store, "a");
        Claim claim = claim(store, session, 1).get(0);
        store.notes().progress(session, claim.token(), new io.jobqueue.Progress(5, "n"));
        exchange(session, new Settlement.Retry(claim.token(), HOUR, ERROR));
        damage("{jq:mails}:progress".getBytes(UTF_8), "a", Damage.NEWER);
        damage("{jq:mails}:errors".getBytes(UTF_8), "a", Damage.NEWER);

        StoredJob job = store.ledger().find(QUEUE, "a").orElseThrow();

        assertThat(job.progress()).isNull();
        assertThat(java.util.Objects.requireNonNull(job.error()).summary()).contains("version 9");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void historyThatCannotBeReadBeginsAnew(Damage damage) {
        WorkerSession session = session("s");
        enqueue(store, "a");
        exchange(session, new Settlement.Retry(claim(store, session, 1).get(0).token(), Duration.ZERO, ERROR));
        damage("{jq:mails}:attempts".getBytes(UTF_8), "a", damage);
        store.ledger().history(QUEUE, "a");

        exchange(session, new Settlement.Retry(claim(store, session, 1).get(0).token(), Duration.ZERO, ERROR));

        assertThat(store.ledger().history(QUEUE, "a"))
                .last()
                .returns(2, Attempt::number)
                .returns(ERROR, Attempt::error);
    }

    @Test
    void entriesWithoutARecordAreDropped() {
        enqueue(store, "waiting");
        enqueue(store, "scheduled");
        enqueue(store, "claimed");
        WorkerSession session = session("s");
        store.operations().change(QUEUE, "scheduled", new JobChange(null, Duration.ofSeconds(9), null));
        store.operations().change(QUEUE, "waiting", new JobChange(null, Duration.ZERO, null));
        Claim claimed = claim(store, session, 1).get(0);
        try (Jedis redis = server.commands()) {
            redis.del(JOBS);
        }

        exchange(session, new Settlement.Retry(claimed.token(), Duration.ZERO, ERROR));
        clock.advance(Duration.ofSeconds(10));

        assertThat(claim(store, session, 10)).isEmpty();
        assertThat(listed(JobState.WAITING)).isEmpty();
        enqueue(store, "new");
        assertThat(ids(claim(store, session, 10))).containsExactly("new");
    }

    private void assertNothingIsLeft() {
        try (Jedis redis = server.commands()) {
            assertThat(redis.keys("*"))
                    .isSubsetOf(
                            "jq:queues",
                            "{jq:mails}:sequence",
                            "{jq:mails}:fences",
                            "{jq:mails}:stats",
                            "{jq:mails}:sessions",
                            "{jq:mails}:workers",
                            "{jq:mails}:retained-completed",
                            "{jq:mails}:retained-failed",
                            "{jq:mails}:retained-cancelled",
                            "{jq:mails}:wake",
                            "{jq:mails}:leader");
        }
    }
}
