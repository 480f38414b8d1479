package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.LogLine;
import io.jobqueue.store.Claim;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log of a job keeps its newest lines, as long as the job lives. */
public interface LogContract extends StoreFixture {

    @Test
    default void jobThatLoggedNothingHasNoLog() {
        enqueue("a");

        assertThat(log("a")).isEmpty();
        assertThat(log("never")).isEmpty();
        assertThat(store().ledger().log(queue() + "-never", "a")).isEmpty();
    }

    @Test
    default void linesComeBackInOrderWithTheirTimes() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        Instant first = clock().instant();

        assertThat(notes().log(worker, claim.token(), List.of("größe \ud83d\ude00", "")))
                .isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(notes().log(worker, claim.token(), List.of("last"))).isTrue();

        assertThat(log("a"))
                .containsExactly(
                        new LogLine(first, "größe \ud83d\ude00"),
                        new LogLine(first, ""),
                        new LogLine(first.plusSeconds(1), "last"));
    }

    @Test
    default void newestLinesAreKept() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        for (int i = 0; i < 250; i += 50) {
            notes().log(worker, claim.token(), lines(i, 50));
            notes().log(worker, claim.token(), List.of("between"));
        }

        assertThat(log("a")).hasSize(LogLine.MOST);
        assertThat(log("a").get(0).text()).isEqualTo("line 152");
        assertThat(log("a").get(LogLine.MOST - 2).text()).isEqualTo("line 249");
        assertThat(log("a").get(LogLine.MOST - 1).text()).isEqualTo("between");
    }

    @Test
    default void wholeLogFitsIntoOneCall() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().log(worker, claim.token(), List.of("before"));

        notes().log(worker, claim.token(), lines(0, LogLine.MOST));

        assertThat(log("a")).extracting(LogLine::text).isEqualTo(lines(0, LogLine.MOST));
    }

    @ParameterizedTest
    @EnumSource
    default void logOutlivesTheEndOfARun(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().log(worker, claim.token(), List.of("begun"));

        settle(worker, ending.of(claim));

        assertThat(log("a")).extracting(LogLine::text).containsExactly("begun");
    }

    @Test
    default void nextRunContinuesTheLog() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().log(worker, claim.token(), List.of("first"));
        pass(LEASE);
        reap();
        WorkerSession other = session();
        Claim second = claimOne(other);

        notes().log(other, second.token(), List.of("second"));

        assertThat(log("a")).extracting(LogLine::text).containsExactly("first", "second");
    }

    @Test
    default void logsOfJobsDoNotMix() {
        WorkerSession worker = session();
        Claim one = claimNew(worker, "a");
        Claim other = claimNew(worker, "a\u00a01");

        notes().log(worker, one.token(), List.of("of a"));
        notes().log(worker, other.token(), List.of("of the other"));

        assertThat(log("a")).extracting(LogLine::text).containsExactly("of a");
        assertThat(log("a\u00a01")).extracting(LogLine::text).containsExactly("of the other");
    }

    @Test
    default void logNeedsTheCurrentToken() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, Ending.RELEASE.of(earlier));
        Claim current = claimOne(worker);
        WorkerSession other = session();
        exchange(other, 0);

        assertThat(notes().log(worker, earlier.token(), List.of("late"))).isFalse();
        assertThat(notes().log(other, current.token(), List.of("forged"))).isFalse();

        assertThat(log("a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void logGoesWithTheLifeItBelongsTo(Renewed renewed) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().log(worker, claim.token(), lines(0, 3));
        settle(worker, Ending.FAIL.of(claim));

        renewed.happen(this);

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(log("a")).isEmpty();
    }

    @Test
    default void logIsGoneWhenTheRetentionIsOver() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().log(worker, claim.token(), List.of("begun"));
        settle(worker, Ending.COMPLETE.of(claim));

        pass(KEPT);

        assertThat(log("a")).isEmpty();
    }

    private List<LogLine> log(String id) {
        return store().ledger().log(queue(), id);
    }

    private static List<String> lines(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> "line " + number)
                .toList();
    }
}
