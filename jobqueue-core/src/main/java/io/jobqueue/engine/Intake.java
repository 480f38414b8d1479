package io.jobqueue.engine;

import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What this process may claim now: nothing of handlers that are paused, and no more than the slots of handlers that have
 * slots of their own. A queue of which neither is true costs nothing. Thread-safe.
 */
final class Intake {

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private volatile List<Gate> restricted = List.of();
    private volatile Set<String> closedQueues = Set.of();

    /** Lets in what the handlers say. */
    static Intake of(Collection<HandlerDefinition> handlers) {
        Intake intake = new Intake();
        handlers.forEach(intake::add);
        return intake;
    }

    void add(HandlerDefinition handler) {
        gates.put(
                handler.type(),
                new Gate(
                        handler.type(), handler.queue(), new TypeSlots(handler.concurrency(), !handler.autoStartup())));
        refresh();
    }

    /** Claims no more jobs of the type, or does so again; returns whether it was the other way before. */
    boolean pause(String type, boolean pause) {
        boolean changed = gate(type).slots().pause(pause);
        refresh();
        return changed;
    }

    boolean isPaused(String type) {
        return gate(type).slots().isPaused();
    }

    /** Returns whether every handler of the queue is paused. */
    boolean isClosed(String queue) {
        return closedQueues.contains(queue);
    }

    /** Returns whether any handler is paused or has slots of its own. */
    boolean isRestricted() {
        return !restricted.isEmpty();
    }

    /**
     * Takes part in the slots of all types that are held back, for one call of the store.
     *
     * @param most how many jobs the call asks for
     * @param retry is called when slots come free that were not there now
     */
    Share share(int most, Runnable retry) {
        List<Gate> all = restricted;
        return most == 0 || all.isEmpty() ? Share.WHOLE : new Share(all, most, retry);
    }

    /** Frees the slot of a job that was claimed and neither runs any more nor will. */
    void ended(String type) {
        Gate gate = restricted.isEmpty() ? null : gates.get(type);
        if (gate != null) {
            gate.slots().giveBack(1, null);
        }
    }

    private Gate gate(String type) {
        Gate gate = gates.get(type);
        if (gate == null) {
            throw new InvalidJobException("type '" + Names.shown(type)
                    + "': has no handler in this process; those it has are " + new TreeSet<>(gates.keySet()));
        }
        return gate;
    }

    private synchronized void refresh() {
        restricted = gates.values().stream()
                .filter(gate -> gate.slots().isCapped() || gate.slots().isPaused())
                .toList();
        Set<String> open = gates.values().stream()
                .filter(gate -> !gate.slots().isPaused())
                .map(Gate::queue)
                .collect(Collectors.toSet());
        closedQueues = gates.values().stream()
                .map(Gate::queue)
                .filter(queue -> !open.contains(queue))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What holds a type back.
     *
     * @param queue the queue its handler is declared for
     */
    record Gate(String type, String queue, TypeSlots slots) {}
}
