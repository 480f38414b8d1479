package io.jobqueue.sample.imports;

/** A row of an import is no order that can be booked. */
public class InvalidOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says which row and what is wrong with it. */
    public InvalidOrderException(String message) {
        super(message);
    }
}
