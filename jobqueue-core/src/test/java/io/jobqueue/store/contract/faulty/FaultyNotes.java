package io.jobqueue.store.contract.faulty;

import io.jobqueue.LogLine;
import io.jobqueue.Progress;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.WorkerSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores that keep the notes of runs wrongly. */
final class FaultyNotes {

    private FaultyNotes() {}

    static class AcceptsProgressOfAnybody extends FaultyBinding {

        @Override
        JobNotes notes(JobStore right) {
            return new PassedOnNotes(right) {

                @Override
                public boolean progress(WorkerSession session, ClaimToken token, Progress progress) {
                    right.progress(session, token, progress);
                    return true;
                }
            };
        }
    }

    static class ReplacesAttributes extends FaultyBinding {

        @Override
        JobNotes notes(JobStore right) {
            return new PassedOnNotes(right) {

                @Override
                public Noted attributes(
                        WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
                    Map<String, @Nullable Object> all = new HashMap<>();
                    store.ledger()
                            .find(session.queue(), token.jobId())
                            .ifPresent(job -> job.attributes().keySet().forEach(name -> all.put(name, null)));
                    all.putAll(changes);
                    return right.attributes(session, token, all);
                }
            };
        }
    }

    static class HidesThatAttributesAreTooMany extends FaultyBinding {

        @Override
        JobNotes notes(JobStore right) {
            return new PassedOnNotes(right) {

                @Override
                public Noted attributes(
                        WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
                    Noted noted = right.attributes(session, token, changes);
                    return noted == Noted.TOO_MANY ? Noted.STORED : noted;
                }
            };
        }
    }

    static class AcceptsLogLinesOfAnybody extends FaultyBinding {

        @Override
        JobNotes notes(JobStore right) {
            return new PassedOnNotes(right) {

                @Override
                public boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
                    right.log(session, token, lines);
                    return true;
                }
            };
        }
    }

    static class KeepsTheOldestLogLines extends FaultyBinding {

        @Override
        JobNotes notes(JobStore right) {
            return new PassedOnNotes(right) {

                @Override
                public boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
                    int kept =
                            store.ledger().log(session.queue(), token.jobId()).size();
                    return kept == LogLine.MOST || right.log(session, token, lines);
                }
            };
        }
    }

    /** Passes every call on to a right store; a fault overrides the one it gets wrong. */
    private static class PassedOnNotes implements JobNotes {

        final JobStore store;
        final JobNotes right;

        PassedOnNotes(JobStore store) {
            this.store = store;
            this.right = store.notes();
        }

        @Override
        public boolean progress(WorkerSession session, ClaimToken token, Progress progress) {
            return right.progress(session, token, progress);
        }

        @Override
        public Noted attributes(WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
            return right.attributes(session, token, changes);
        }

        @Override
        public boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
            return right.log(session, token, lines);
        }
    }
}
