package io.jobqueue.store.redis;

import io.jobqueue.JobState;
import org.jspecify.annotations.Nullable;

/** The letters by which scripts tell the state of a job. */
final class StateFormat {

    private StateFormat() {}

    /** Returns the state of a letter; null for a job that is not there. */
    static @Nullable JobState read(byte letter) {
        return switch (letter) {
            case '-' -> null;
            case 'S' -> JobState.SCHEDULED;
            case 'W' -> JobState.WAITING;
            case 'A' -> JobState.ACTIVE;
            default -> OutcomeFormat.state(letter - '0');
        };
    }

    static String write(JobState state) {
        return switch (state) {
            case SCHEDULED -> "S";
            case WAITING, WAITING_CHILDREN -> "W";
            case ACTIVE -> "A";
            case COMPLETED -> "1";
            case FAILED -> "2";
            case CANCELLED -> "3";
        };
    }
}
