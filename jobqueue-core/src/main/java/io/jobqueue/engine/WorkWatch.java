package io.jobqueue.engine;

import io.jobqueue.store.JobSignals;
import java.time.Duration;

/** Waits for hints of the store while its worker is out of work, and claims what it hears of; blocks a thread of its own. */
final class WorkWatch implements Periodic {

    private static final Duration UNTIL_WOKEN = Duration.ofMinutes(1);

    private final Worker worker;
    private final JobSignals signals;
    private final Duration claimWait;
    private final Jitter jitter;

    WorkWatch(Worker worker, JobSignals signals, Duration claimWait, Jitter jitter) {
        this.worker = worker;
        this.signals = signals;
        this.claimWait = claimWait;
        this.jitter = jitter;
    }

    @Override
    public Duration poll() throws InterruptedException {
        if (!worker.isAwaitingHint()) {
            return UNTIL_WOKEN;
        }
        if (signals.awaitWork(worker.partition(), jitter.around(claimWait)) && !worker.takeHint()) {
            signals.offerWork(worker.partition());
        }
        return Duration.ZERO;
    }

    /** Two threads may as well wait, but not take the same step of the worker. */
    @Override
    public boolean abandon() {
        SideLine step = worker.sides().atHint();
        return !step.isStepping() || step.abandon();
    }

    @Override
    public void restart() {
        SideLine step = worker.sides().atHint();
        if (step.isStepping()) {
            step.restart();
        }
    }
}
