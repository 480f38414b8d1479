package io.jobqueue;

/**
 * The server behind the store must not keep jobs as it is: it may drop them by itself, or lacks what the store is built
 * on. Nothing was stored and nothing runs. The server is asked again with the next call, so once it is changed the
 * store works without being opened anew.
 */
public final class UnsuitableStoreException extends JobQueueException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * Says what is wrong, and of which server.
     *
     * @param remedy what to do about it
     */
    public UnsuitableStoreException(String message, String remedy) {
        super(message + "; " + remedy);
        this.remedy = remedy;
    }

    /** Returns what to do about it, which the message says too. */
    public String remedy() {
        return remedy;
    }
}
