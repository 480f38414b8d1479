package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private final Turns turns = new Turns();

    @Test
    void freeTurnIsTaken() {
        assertThat(turns.<String>takeIfFree(() -> "done")).isEqualTo("done");
    }

    @Test
    void turnOfAnotherThreadIsNotWaitedFor() {
        String taken = turns.take(() -> fromAnotherThread());

        assertThat(taken).isNull();
    }

    @Test
    void threadsOwnTurnIsNotTakenTwice() {
        String taken = turns.<String>take(() -> turns.takeIfFree(() -> "done"));

        assertThat(taken).isNull();
    }

    @Test
    void turnIsFreeAgainAfterwards() {
        turns.takeIfFree(() -> "done");

        assertThat(turns.<String>takeIfFree(() -> "again")).isEqualTo("again");
    }

    @Test
    void whatIsDoneAfterwardsFindsTheTurnFree() {
        List<String> found = new ArrayList<>();
        turns.take(() -> {
            turns.take(() -> turns.afterwards(() -> found.add(fromAnotherThread())));
            assertThat(found).as("during the turn").isEmpty();
        });
        turns.take(() -> {});

        assertThat(found).containsExactly("done");
    }

    @Test
    void callOfTheStoreEndsATurnToo() {
        List<String> found = new ArrayList<>();
        turns.take(() -> {
            turns.afterwards(() -> found.add(fromAnotherThread()));
            Turns.Call call = turns.begin();
            found.add(call.make(() -> "call"));
        });

        assertThat(found).containsExactly("done", "call");
    }

    @Test
    void stepThatFailsIsFollowedByItToo() {
        List<String> found = new ArrayList<>();
        assertThatThrownBy(() -> turns.take(() -> {
                    turns.afterwards(() -> found.add(fromAnotherThread()));
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(found).containsExactly("done");
    }

    @Test
    void whatFailsAfterwardsHarmsNeitherTheNextNorTheStep() {
        List<String> done = new ArrayList<>();

        String step = turns.take(() -> {
            turns.afterwards(() -> {
                throw new IllegalStateException("failed");
            });
            turns.afterwards(() -> done.add("next"));
            assertThat(turns.nothingIsLeft()).isFalse();
            return "step";
        });

        assertThat(step).isEqualTo("step");
        assertThat(done).containsExactly("next");
        assertThat(turns.nothingIsLeft()).isTrue();
        assertThat(turns.<String>takeIfFree(() -> "free")).isEqualTo("free");
    }

    private String fromAnotherThread() {
        return CompletableFuture.supplyAsync(
                        () -> turns.<String>takeIfFree(() -> "done"), task -> new Thread(task).start())
                .join();
    }
}
