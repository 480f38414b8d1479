package io.jobqueue.store.contract.faulty;

import io.jobqueue.Attempt;
import io.jobqueue.Attempt.End;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobStore;
import java.util.List;

/** Stores that remember the attempts of jobs wrongly. */
final class FaultyHistory {

    private FaultyHistory() {}

    static class ForgetsCrashes extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore right) {
            return new PassedOnLedger(right) {

                @Override
                public List<Attempt> history(String queue, String jobId) {
                    return right.history(queue, jobId).stream()
                            .filter(attempt -> attempt.end() != End.CRASHED)
                            .toList();
                }
            };
        }
    }

    static class TakesTheEndForTheStart extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore right) {
            return new PassedOnLedger(right) {

                @Override
                public List<Attempt> history(String queue, String jobId) {
                    return right.history(queue, jobId).stream()
                            .map(attempt -> new Attempt(
                                    attempt.number(),
                                    attempt.endedAt(),
                                    attempt.endedAt(),
                                    attempt.worker(),
                                    attempt.end(),
                                    attempt.error()))
                            .toList();
                }
            };
        }
    }
}
