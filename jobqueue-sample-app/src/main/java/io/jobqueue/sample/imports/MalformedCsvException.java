package io.jobqueue.sample.imports;

/** A text is not CSV, or not a CSV of orders. */
public class MalformedCsvException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says which line, what is wrong with it and what to do. */
    public MalformedCsvException(String message) {
        super(message);
    }
}
