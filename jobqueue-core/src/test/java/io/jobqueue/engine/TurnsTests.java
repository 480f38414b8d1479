package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
        String taken = turns.take(() -> CompletableFuture.supplyAsync(
                        () -> turns.<String>takeIfFree(() -> "done"), task -> new Thread(task).start())
                .join());

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
}
