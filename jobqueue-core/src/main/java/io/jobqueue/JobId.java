package io.jobqueue;

/**
 * Which job: the queue that holds it and its id there. Ids are unique inside their queue only.
 *
 * @param queue the queue's name
 * @param value the id, given by the caller or generated; opaque, never parsed
 */
public record JobId(String queue, String value) {

    /** Checks both names.
     *
     * @throws InvalidJobException when one is not a name by the rule of {@link Names} */
    public JobId {
        Names.require("queue", queue);
        Names.require("job id", value);
    }

    /** Returns the job {@code value} of {@code queue}.
     *
     * @throws InvalidJobException when one is not a name by the rule of {@link Names} */
    public static JobId of(String queue, String value) {
        return new JobId(queue, value);
    }

    /** Returns {@code queue/value}, for people to read; do not parse it, both parts may hold a slash. */
    @Override
    public String toString() {
        return queue + "/" + value;
    }
}
