package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which cursors reach the scripts. */
class PageCursorsTests {

    private static final String LARGEST_OF_A_SCAN = Long.toUnsignedString(-1);

    @ParameterizedTest
    @EnumSource(names = {"SCHEDULED", "WAITING", "FAILED"})
    void listInAnOrderHasPositions(JobState state) {
        assertThat(PageCursors.ofList(state, null)).isEmpty();
        assertThat(PageCursors.ofList(state, "100")).isEqualTo("100");
        refusedByList(state, "0 0");
    }

    @ParameterizedTest
    @EnumSource(names = {"ACTIVE", "COMPLETED", "CANCELLED"})
    void listInNoOrderHasScans(JobState state) {
        String largest = LARGEST_OF_A_SCAN + " 7 100";
        assertThat(PageCursors.ofList(state, null)).isEmpty();
        assertThat(PageCursors.ofList(state, "5 0")).isEqualTo("5 0");
        assertThat(PageCursors.ofList(state, "0 7 100")).isEqualTo("0 7 100");
        assertThat(PageCursors.ofList(state, largest)).isEqualTo(largest);
        refusedByList(state, "100");
        refusedByList(state, "1" + LARGEST_OF_A_SCAN.substring(1) + "0 0");
        refusedByList(state, "18446744073709551616 0");
        refusedByList(state, "0 7");
        refusedByList(state, "0 7 0");
        refusedByList(state, "0 0 100");
    }

    @Test
    void searchHasCursorsOfItsStates() {
        JobQuery waiting = JobQuery.all().inState(JobState.WAITING);
        assertThat(PageCursors.ofSearch(JobQuery.all(), null)).isEmpty();
        assertThat(PageCursors.ofSearch(JobQuery.all(), "S 100")).isEqualTo("S 100");
        assertThat(PageCursors.ofSearch(JobQuery.all(), "A ")).isEqualTo("A ");
        assertThat(PageCursors.ofSearch(JobQuery.all(), "1 0 7 100")).isEqualTo("1 0 7 100");
        assertThat(PageCursors.ofSearch(waiting, "W 100")).isEqualTo("W 100");
        refusedBySearch(waiting, "S 100");
        refusedBySearch(waiting, "1 0 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "0 100", "S", " ", "  ", "A 100", "2 0 0", "SW 100", "S 1e3", "S 100 ", "1 0 7"})
    void cursorOfAnotherFormIsRefusedBySearches(String cursor) {
        refusedBySearch(JobQuery.all(), cursor);
    }

    private static void refusedByList(JobState state, String cursor) {
        assertThatThrownBy(() -> PageCursors.ofList(state, cursor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor '" + cursor + "': is none of this list; begin again without one");
    }

    private static void refusedBySearch(JobQuery query, String cursor) {
        assertThatThrownBy(() -> PageCursors.ofSearch(query, cursor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cursor '" + cursor + "': is none of this search; begin again without one");
    }
}
