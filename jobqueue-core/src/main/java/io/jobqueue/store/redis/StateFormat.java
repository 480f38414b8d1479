package io.jobqueue.store.redis;

import io.jobqueue.JobState;

/** The letters by which scripts tell the state of a job that has not ended. */
final class StateFormat {

    private StateFormat() {}

    static JobState unended(byte[] letter) {
        return switch (letter[0]) {
            case 'S' -> JobState.SCHEDULED;
            case 'W' -> JobState.WAITING;
            case 'A' -> JobState.ACTIVE;
            default -> throw new IllegalStateException("a script told the unknown state " + letter[0]);
        };
    }
}
