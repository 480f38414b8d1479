package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Attributes;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobNotes.Noted;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attributes of a job merge, are few, and live as long as the job. */
public interface AttributeContract extends StoreFixture {

    @Test
    default void attributeComesBackAsItWasGiven() {
        Map<String, Object> given = Map.of(
                "text",
                "größe \n\0 {\ud83d\ude00}",
                "empty",
                "",
                "true",
                true,
                "false",
                false,
                "large",
                Long.MAX_VALUE,
                "small",
                Long.MIN_VALUE,
                "half",
                0.5,
                "tiny",
                -Double.MIN_VALUE);
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        assertThat(notes().attributes(worker, claim.token(), given)).isEqualTo(Noted.STORED);

        assertThat(find("a").attributes()).isEqualTo(given);
    }

    @ParameterizedTest
    @EnumSource
    default void anyNameServesAsAnAttribute(HostileName name) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");

        notes().attributes(worker, claim.token(), Map.of(name.text(), 1L));
        notes().attributes(worker, claim.token(), Map.of("other", 2L));

        assertThat(find("a").attributes()).isEqualTo(Map.of(name.text(), 1L, "other", 2L));
    }

    @Test
    default void attributesMerge() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), Map.of("kept", 1L, "changed", 1L, "removed", 1L));

        notes().attributes(worker, claim.token(), changes("changed", "text", "removed", null, "new", true));

        assertThat(find("a").attributes()).isEqualTo(Map.of("kept", 1L, "changed", "text", "new", true));
    }

    @Test
    default void allAttributesCanBeRemoved() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), Map.of("a", 1L));

        assertThat(notes().attributes(worker, claim.token(), changes("a", null, "never", null)))
                .isEqualTo(Noted.STORED);

        assertThat(find("a").attributes()).isEmpty();
    }

    @Test
    default void tooManyAttributesAfterTheMergeChangeNothing() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), numbered(0, Attributes.MOST - 1));
        Map<String, Object> before = find("a").attributes();

        assertThat(notes().attributes(worker, claim.token(), Map.of("n-0", 7L, "x", 1L, "y", 1L)))
                .isEqualTo(Noted.TOO_MANY);
        assertThat(find("a").attributes()).isEqualTo(before);

        assertThat(notes().attributes(worker, claim.token(), Map.of("x", 1L))).isEqualTo(Noted.STORED);
        assertThat(find("a").attributes()).hasSize(Attributes.MOST);
    }

    @Test
    default void allAttributesCanBeReplacedInOneCall() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), numbered(0, Attributes.MOST));
        Map<String, @Nullable Object> changes = new HashMap<>(numbered(100, Attributes.MOST));
        numbered(0, Attributes.MOST).keySet().forEach(name -> changes.put(name, null));

        assertThat(notes().attributes(worker, claim.token(), changes)).isEqualTo(Noted.STORED);

        assertThat(find("a").attributes()).isEqualTo(numbered(100, Attributes.MOST));
    }

    @ParameterizedTest
    @EnumSource
    default void attributesOutliveTheEndOfARun(Ending ending) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), Map.of("part", 3L));

        settle(worker, ending.of(claim));

        assertThat(find("a").attributes()).isEqualTo(Map.of("part", 3L));
    }

    @Test
    default void attributesOutliveACrash() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), Map.of("part", 3L));

        pass(LEASE);
        reap();

        assertThat(find("a").attributes()).isEqualTo(Map.of("part", 3L));
    }

    @Test
    default void nextRunMergesIntoTheAttributesOfTheLast() {
        WorkerSession worker = session();
        Claim first = claimNew(worker, "a");
        notes().attributes(worker, first.token(), Map.of("first", 1L));
        settle(worker, new Settlement.Retry(first.token(), Duration.ZERO, Ending.ERROR));
        Claim second = claimOne(worker);

        notes().attributes(worker, second.token(), Map.of("second", 2L));

        assertThat(find("a").attributes()).isEqualTo(Map.of("first", 1L, "second", 2L));
    }

    @Test
    default void attributesBelongToOneJob() {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        enqueue("b");

        notes().attributes(worker, claim.token(), Map.of("of", "a"));

        assertThat(find("b").attributes()).isEmpty();
    }

    @Test
    default void attributesNeedTheCurrentToken() {
        WorkerSession worker = session();
        Claim earlier = claimNew(worker, "a");
        settle(worker, Ending.RELEASE.of(earlier));
        Claim current = claimOne(worker);
        WorkerSession other = session();
        exchange(other, 0);

        assertThat(notes().attributes(worker, earlier.token(), Map.of("x", 1L))).isEqualTo(Noted.CLAIM_LOST);
        assertThat(notes().attributes(other, current.token(), Map.of("x", 1L))).isEqualTo(Noted.CLAIM_LOST);
        assertThat(notes().attributes(worker, new ClaimToken("nobody", 1), Map.of("x", 1L)))
                .isEqualTo(Noted.CLAIM_LOST);

        assertThat(find("a").attributes()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void attributesGoWithTheLifeTheyBelongTo(Renewed renewed) {
        WorkerSession worker = session();
        Claim claim = claimNew(worker, "a");
        notes().attributes(worker, claim.token(), Map.of("part", 3L));
        settle(worker, Ending.FAIL.of(claim));

        renewed.happen(this);

        assertThat(stateOf("a")).isEqualTo(JobState.WAITING);
        assertThat(find("a").attributes()).isEmpty();
    }

    private static Map<String, Object> numbered(int first, int count) {
        return IntStream.range(first, first + count)
                .boxed()
                .collect(Collectors.toMap(number -> "n-" + number, Integer::longValue));
    }

    private static Map<String, @Nullable Object> changes(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> changes = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            changes.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return Collections.unmodifiableMap(changes);
    }
}
