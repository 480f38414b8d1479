package io.jobqueue.engine;

import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.Settlement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker still has to tell the store, in order. Confined to the worker's loop. */
final class Settlements {

    private static final Logger log = LoggerFactory.getLogger(Settlements.class);

    /** More results than this in one call would hold the store up. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final Outcomes outcomes;
    private final OwnReplies replies;
    private final Consumer<Runnable> later;
    private final EngineListener listener;
    private final JobSteps steps;
    private final FailureLog failures;
    private final Deque<Ending> untold = new ArrayDeque<>();

    /** @param later does something when the turn of the calling thread is over: callers who are told are quick to return */
    Settlements(
            Outcomes outcomes,
            OwnReplies replies,
            Consumer<Runnable> later,
            EngineListener listener,
            FailureLog failures) {
        this.outcomes = outcomes;
        this.replies = replies;
        this.later = later;
        this.listener = listener;
        steps = new JobSteps(listener);
        this.failures = failures;
    }

    boolean isEmpty() {
        return untold.isEmpty() && outcomes.isEmpty();
    }

    /** Returns about how many are to be told. */
    int size() {
        outcomes.moveTo(untold);
        return untold.size();
    }

    /** Takes out what the next call is to tell; endings of claims that are no longer ours are dropped. */
    List<Ending> take() {
        outcomes.moveTo(untold);
        if (untold.isEmpty()) {
            return List.of();
        }
        List<Ending> batch = new ArrayList<>(Math.min(untold.size(), ExchangeRequest.MOST));
        int bytes = 0;
        while (batch.size() < ExchangeRequest.MOST && bytes < MOST_BYTES && !untold.isEmpty()) {
            Ending ending = untold.removeFirst();
            if (isOurs(ending)) {
                batch.add(ending);
                bytes += bytes(ending.settlement());
            }
        }
        return batch;
    }

    /** Takes back a batch whose call got no answer: it goes first in the next one. */
    void putBack(List<Ending> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            batch.get(i).markTold();
            untold.addFirst(batch.get(i));
        }
    }

    /** Notes the store's answer to a batch: what was still ours and what was not. */
    void answered(List<Ending> batch, ExchangeAnswer answer) {
        if (batch.isEmpty()) {
            return;
        }
        later.accept(() -> tellWaiting(batch, answer.ownUntold()));
        batch.forEach(
                ending -> ending.job().lease().remove(ending.job())); // before a listener is told, which may throw
        List<Boolean> settled = answer.settled();
        int unclear = 0;
        for (int i = 0; i < batch.size(); i++) {
            Ending ending = batch.get(i);
            RunningJob job = ending.job();
            if (settled.get(i)) {
                settled(ending);
            } else if (ending.wasTold()) {
                unclear++;
            } else {
                takenOver(job);
            }
        }
        if (unclear > 0) {
            log.info(
                    "{} outcomes were told again after a call without an answer and not accepted:"
                            + " either the first call did it or the claims were taken over",
                    unclear);
        }
    }

    private void tellWaiting(List<Ending> batch, boolean ownUntold) {
        if (ownUntold) {
            batch.forEach(this::tellOwn);
        }
        batch.stream()
                .filter(Ending::wasTold) // the first call may have told nobody
                .forEach(ending -> replies.lookUp(ending.job().id()));
    }

    private void tellOwn(Ending ending) {
        if (ending.settlement() instanceof Settlement.Complete complete) {
            replies.completed(ending.job().id(), complete.result());
        }
    }

    static List<Settlement> of(List<Ending> batch) {
        List<Settlement> settlements = new ArrayList<>(batch.size());
        for (Ending ending : batch) {
            settlements.add(Objects.requireNonNull(ending.settlement()));
        }
        return settlements;
    }

    private boolean isOurs(Ending ending) {
        RunningJob job = ending.job();
        if (job.lease().isLost()) {
            return false;
        }
        if (ending.settlement() == null) {
            job.lease().remove(job);
            takenOver(job);
            return false;
        }
        return true;
    }

    private void settled(Ending ending) {
        RunningJob job = ending.job();
        if (ending.settlement() instanceof Settlement.Fail fail) {
            failures.jobFailed(job, fail.error());
        }
        listener.settled(job.queue(), job.type(), outcome(ending.settlement()), ending.ran());
        steps.settled(job, ending.settlement());
    }

    private void takenOver(RunningJob job) {
        JobMdc.during(
                job,
                () -> log.warn("Job {}: attempt {} was taken over, its outcome is dropped", job.id(), job.attempt()));
        listener.leaseLost(job.queue(), 1);
    }

    private static int bytes(@Nullable Settlement settlement) {
        return settlement instanceof Settlement.Complete complete && complete.result() != null
                ? complete.result().length
                : 0;
    }

    static EngineListener.Outcome outcome(@Nullable Settlement settlement) {
        if (settlement instanceof Settlement.Complete) {
            return EngineListener.Outcome.COMPLETED;
        }
        if (settlement instanceof Settlement.Retry) {
            return EngineListener.Outcome.RETRIED;
        }
        if (settlement instanceof Settlement.Fail) {
            return EngineListener.Outcome.FAILED;
        }
        if (settlement instanceof Settlement.Cancel) {
            return EngineListener.Outcome.CANCELLED;
        }
        return EngineListener.Outcome.RELEASED;
    }
}
