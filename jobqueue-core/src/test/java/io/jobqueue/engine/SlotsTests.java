package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTests {

    private final List<String> called = new ArrayList<>();

    private Slots.Seat seat(Slots slots, String name) {
        return slots.seat(() -> called.add(name));
    }

    @Test
    void whoeverIsAloneHoldsAllThatIsFree() {
        Slots slots = new Slots(10);
        Slots.Seat first = seat(slots, "first");
        seat(slots, "second");

        assertThat(first.hold(100, true)).isEqualTo(10);
        assertThat(slots.free()).isZero();
        assertThat(slots.busy()).isZero();
    }

    @Test
    void heldSlotsAreTakenByJobsAndTheRestIsReleased() {
        Slots slots = new Slots(10);
        Slots.Seat seat = seat(slots, "first");
        seat.hold(4, true);

        assertThat(seat.take()).isTrue();
        seat.release();

        assertThat(slots.busy()).isEqualTo(1);
        assertThat(slots.free()).isEqualTo(9);
        slots.giveBack();
        assertThat(slots.free()).isEqualTo(10);
    }

    @Test
    void thoseInLineShareWhatIsFree() {
        Slots slots = new Slots(9);
        Slots.Seat full = seat(slots, "full");
        Slots.Seat second = seat(slots, "second");
        Slots.Seat third = seat(slots, "third");
        full.hold(9, true);
        assertThat(second.hold(100, true)).isZero();
        assertThat(third.hold(100, true)).isZero();

        full.release();

        assertThat(full.hold(100, true)).isEqualTo(3);
        assertThat(second.hold(100, true)).isEqualTo(2);
        assertThat(third.hold(100, true)).isEqualTo(2);
        assertThat(slots.free()).isEqualTo(2);
        assertThat(called).as("called for the rest").contains("full", "second");
    }

    @Test
    void lastSlotGoesRoundInTheOrderOfTheLine() {
        Slots slots = new Slots(1);
        Slots.Seat full = seat(slots, "full");
        Slots.Seat second = seat(slots, "second");
        Slots.Seat third = seat(slots, "third");
        full.hold(1, true);
        second.hold(100, true);
        third.hold(100, true);
        full.release();

        assertThat(full.hold(100, true)).isZero();
        assertThat(third.hold(100, true)).isZero();
        assertThat(second.hold(100, true)).isEqualTo(1);
        second.release();
        assertThat(second.hold(100, true)).isZero();
    }

    @Test
    void whoeverIsFirstInLineIsCalledWhenASlotComesFree() {
        Slots slots = new Slots(1);
        Slots.Seat full = seat(slots, "full");
        full.hold(1, true);
        full.take();
        seat(slots, "second").hold(100, true);
        seat(slots, "third").hold(100, true);

        slots.giveBack();

        assertThat(called).containsExactly("second");
    }

    @Test
    void whoeverLeavesTheLineHoldsUpNobody() {
        Slots slots = new Slots(1);
        Slots.Seat full = seat(slots, "full");
        Slots.Seat second = seat(slots, "second");
        Slots.Seat third = seat(slots, "third");
        full.hold(1, true);
        second.hold(100, true);
        third.hold(100, true);
        full.release();
        called.clear();

        second.leave();

        assertThat(called).containsExactly("third");
        assertThat(second.isInLine()).isFalse();
        assertThat(third.hold(100, true)).isEqualTo(1);
    }

    @Test
    void jobsAndSeatsTakeNoSlotTwice() throws InterruptedException {
        Slots slots = new Slots(1);
        Slots.Seat seat = slots.seat(() -> {});
        AtomicInteger owners = new AtomicInteger();
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean over = new AtomicBoolean();
        Thread jobs = new Thread(() -> {
            while (!over.get()) {
                if (slots.tryTake()) {
                    taken.compareAndSet(false, owners.incrementAndGet() > 1);
                    owners.decrementAndGet();
                    slots.giveBack();
                }
            }
        });
        jobs.start();

        for (int i = 0; i < 300_000; i++) {
            if (seat.hold(1, false) > 0) {
                taken.compareAndSet(false, owners.incrementAndGet() > 1);
                owners.decrementAndGet();
                seat.release();
            }
        }
        over.set(true);
        jobs.join();

        assertThat(taken).as("a slot had two owners at once").isFalse();
        assertThat(slots.free()).isEqualTo(1);
    }

    @Test
    void whoeverWantsNothingStandsInNoLine() {
        Slots slots = new Slots(1);
        Slots.Seat full = seat(slots, "full");
        Slots.Seat idle = seat(slots, "idle");
        full.hold(1, true);

        assertThat(idle.hold(100, false)).isZero();

        assertThat(idle.isInLine()).isFalse();
    }
}
