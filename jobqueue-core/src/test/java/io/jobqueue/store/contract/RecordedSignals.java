package io.jobqueue.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Ended;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.SignalListener;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a store signals to one address, to be read by the test's thread. */
final class RecordedSignals implements SignalListener, AutoCloseable {

    private static final long MOST_SECONDS = 10;

    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final BlockingQueue<ClaimToken> cancelRequests = new LinkedBlockingQueue<>();
    private final CountDownLatch up = new CountDownLatch(1);
    private final Subscription subscription;

    private RecordedSignals(JobStore store, String address, Set<String> queues) {
        subscription = store.signals().subscribe(address, queues, this);
    }

    /** Subscribes, and returns when the subscription is up. */
    static RecordedSignals of(JobStore store, String address, Set<String> queues) throws InterruptedException {
        RecordedSignals signals = new RecordedSignals(store, address, queues);
        assertThat(signals.up.await(MOST_SECONDS, TimeUnit.SECONDS))
                .as("subscription is up")
                .isTrue();
        return signals;
    }

    Ended nextEnded() throws InterruptedException {
        Ended next = ended.poll(MOST_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody told that a job has ended");
        }
        return next;
    }

    ClaimToken nextCancelRequest() throws InterruptedException {
        ClaimToken next = cancelRequests.poll(MOST_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody told that a job is to be cancelled");
        }
        return next;
    }

    @Override
    public void ended(Ended job) {
        ended.add(job);
    }

    @Override
    public void cancelRequested(String queue, ClaimToken token) {
        cancelRequests.add(token);
    }

    @Override
    public void resumed() {
        up.countDown();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
