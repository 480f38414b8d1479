package io.jobqueue.engine;

import io.jobqueue.JobId;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobOutcome;
import io.jobqueue.store.SignalListener;

/** Hears of the ends of awaited jobs. */
final class ReplyListener implements SignalListener {

    private final Waiters waiters;
    private final ReplyReader reader;
    private final Runnable wakeReader;

    ReplyListener(Waiters waiters, ReplyReader reader, Runnable wakeReader) {
        this.waiters = waiters;
        this.reader = reader;
        this.wakeReader = wakeReader;
    }

    @Override
    public void ended(Ended ended) {
        JobId id = JobId.of(ended.queue(), ended.jobId());
        JobOutcome outcome = ended.outcome();
        if (outcome != null) {
            waiters.complete(id, outcome);
        } else {
            reader.request(id);
            wakeReader.run();
        }
    }

    @Override
    public void cancelRequested(String queue, ClaimToken token) {
        // Replies are subscribed for no queue; workers hear of this at an address of their own.
    }

    @Override
    public void resumed() {
        reader.requestAll();
        wakeReader.run();
    }
}
