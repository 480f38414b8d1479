package io.jobqueue;

import java.util.function.UnaryOperator;

/**
 * Turns the stored payload of one version of a job type into that of the next, so that jobs enqueued by an older
 * program can still be run. Steps are chained: a job stored at version 1 goes through the upcasters of 1 and 2 to a
 * handler of version 3. What is stored stays as it is. One instance serves all jobs at once and must be thread-safe.
 */
public interface PayloadUpcaster {

    /** Returns the job type. */
    String type();

    /** Returns the version it reads, from 1; what it returns is of the next one. */
    int fromVersion();

    /**
     * Returns the payload in the next version. Must not change the array it is given, and must give the same answer
     * for the same bytes, since every attempt asks again.
     *
     * @param json the payload in {@link #fromVersion}, as UTF-8 JSON; never empty
     * @throws PayloadException when the payload is of no use; the job fails without another attempt. Any other
     *     exception fails the attempt
     */
    byte[] upcast(byte[] json);

    /**
     * Returns an upcaster that applies {@code step}.
     *
     * @param type the job type
     * @param fromVersion the version that {@code step} reads, from 1
     * @param step see {@link #upcast}
     */
    static PayloadUpcaster of(String type, int fromVersion, UnaryOperator<byte[]> step) {
        return new PayloadUpcaster() {
            @Override
            public String type() {
                return type;
            }

            @Override
            public int fromVersion() {
                return fromVersion;
            }

            @Override
            public byte[] upcast(byte[] json) {
                return step.apply(json);
            }
        };
    }
}
