package io.jobqueue;

import java.util.Locale;

/**
 * What must have a job before its enqueue is acknowledged.
 *
 * @param kind what is asked
 * @param replicas how many replicas must have it, 1 to {@value #MOST_REPLICAS}; 0 unless replicas are asked
 */
public record Durability(Kind kind, int replicas) {

    /** The most replicas that can be asked. */
    public static final int MOST_REPLICAS = 100;

    /** The store alone: an acknowledged job survives what the store does by itself. */
    public static final Durability NONE = new Durability(Kind.NONE, 0);

    /** The disk of the server that has the job. */
    public static final Durability AOF = new Durability(Kind.AOF, 0);

    private static final String REPLICA = "replica";

    /** What is asked. */
    public enum Kind {
        /** The store's answer is enough. */
        NONE,
        /** A number of replicas must have received the job. */
        REPLICA,
        /** The append-only file of the server must be forced to disk. */
        AOF
    }

    /** Checks the number of replicas.
     *
     * @throws InvalidJobException when it is out of bounds, or given where none is asked */
    public Durability {
        Values.require("durability", kind, "give none, replica(n) or aof");
        if (kind != Kind.REPLICA && replicas != 0) {
            throw new InvalidJobException("durability " + kind + ": has no replicas; give 0 instead of " + replicas);
        }
        if (kind == Kind.REPLICA && (replicas < 1 || replicas > MOST_REPLICAS)) {
            throw new InvalidJobException("durability replica(" + replicas + "): must be 1 to " + MOST_REPLICAS
                    + " replicas; give none to ask for no replica");
        }
    }

    /**
     * Asks that {@code replicas} replicas have received the job.
     *
     * @param replicas 1 to {@value #MOST_REPLICAS}
     * @throws InvalidJobException when it is out of bounds
     */
    public static Durability replica(int replicas) {
        return new Durability(Kind.REPLICA, replicas);
    }

    /**
     * Returns what a text says: {@code none}, {@code replica(2)}, {@code replica} for one, or {@code aof}; capital
     * letters and blanks do not matter.
     *
     * @throws InvalidJobException when it says something else
     */
    public static Durability of(String text) {
        String word = Values.require("durability", text, "give none, replica(n) or aof")
                .replace(" ", "")
                .toLowerCase(Locale.ROOT);
        return switch (word) {
            case "none" -> NONE;
            case "aof" -> AOF;
            case REPLICA -> replica(1);
            default -> replicas(text, word);
        };
    }

    private static Durability replicas(String text, String word) {
        if (word.startsWith(REPLICA + "(") && word.endsWith(")")) {
            try {
                return replica(Integer.parseInt(word.substring(REPLICA.length() + 1, word.length() - 1)));
            } catch (NumberFormatException e) {
                throw unreadable(text);
            }
        }
        throw unreadable(text);
    }

    private static InvalidJobException unreadable(String text) {
        return new InvalidJobException(
                "durability '" + Names.shown(text) + "': is not one; give none, replica(n) or aof");
    }

    /** Returns the text that {@link #of} reads. */
    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "none";
            case AOF -> "aof";
            case REPLICA -> REPLICA + "(" + replicas + ")";
        };
    }
}
