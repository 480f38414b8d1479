package io.jobqueue.spring;

/** Checks the payloads that a {@link JobHandler} method marks {@code @Valid} or {@code @Validated}. Thread-safe. */
@FunctionalInterface
public interface PayloadValidator {

    /**
     * Returns when {@code payload} keeps its constraints.
     *
     * @param groups the groups to check; none for the default group
     * @throws io.jobqueue.PayloadException naming the broken constraints, never the values
     */
    void validate(Object payload, Class<?>... groups);
}
