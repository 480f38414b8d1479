package io.jobqueue.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The slots that one call of the store may fill, of all types that are held back. Confined to the caller's thread. */
final class Share {

    /** Nothing is held back. */
    static final Share WHOLE = new Share(List.of(), 0, () -> {});

    private final List<Intake.Gate> gates;
    private final Runnable retry;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, Integer> room = new HashMap<>();

    /**
     * Takes up to {@code most} slots of each type.
     *
     * @param retry is called when slots come free that were not there now
     */
    Share(List<Intake.Gate> gates, int most, Runnable retry) {
        this.gates = gates;
        this.retry = retry;
        for (Intake.Gate gate : gates) {
            int slots = gate.slots().take(most, retry);
            taken.put(gate.type(), slots);
            if (slots < most) {
                room.put(gate.type(), slots);
            }
        }
    }

    /** Returns how many jobs may be claimed of each type that is held back further than the call is. */
    Map<String, Integer> room() {
        return room;
    }

    /** Leaves a slot to a job that was claimed; it is freed by {@link Intake#ended}. */
    void use(String type) {
        taken.computeIfPresent(type, (any, slots) -> slots - 1);
    }

    /** Frees the slots that no job has come for. */
    void release() {
        for (Intake.Gate gate : gates) {
            gate.slots().giveBack(taken.getOrDefault(gate.type(), 0), retry);
        }
    }
}
