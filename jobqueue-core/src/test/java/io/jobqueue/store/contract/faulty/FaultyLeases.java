package io.jobqueue.store.contract.faulty;

import io.jobqueue.StallPolicy;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Renewal;
import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores that take leases and terms too lightly. */
final class FaultyLeases {

    private FaultyLeases() {}

    static class EndsLeasesLate extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedLeases(right, Duration.ofMillis(1));
        }
    }

    static class EndsLeasesEarly extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedLeases(right, Duration.ofMillis(-1));
        }
    }

    static class RevivesExpiredLeases extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public Renewal renew(WorkerSession session) {
                    return new Renewal(true, right.renew(session).cancelRequested());
                }
            };
        }
    }

    static class HidesTheLossOfASession extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    ExchangeAnswer answer = right.exchange(request);
                    return new ExchangeAnswer(
                            false, answer.settled(), answer.claims(), answer.paused(), answer.nextDue(), answer.at());
                }
            };
        }
    }

    static class DoesNotExtendLeasesByRenewal extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public Renewal renew(WorkerSession session) {
                    Renewal alive = right.renew(new WorkerSession(session.queue(), session.id(), Duration.ZERO));
                    return new Renewal(alive.alive(), alive.cancelRequested());
                }
            };
        }
    }

    static class ReleasesKnownClaims extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public int reconcile(WorkerSession session, Collection<ClaimToken> known) {
                    return right.reconcile(session, List.of());
                }
            };
        }
    }

    static class AllowsACrashTooMany extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public List<Reaped> reap(Term term, ReapRequest request) {
                    return right.reap(
                            term,
                            new ReapRequest(
                                    request.limit(),
                                    request.stall(),
                                    request.maxCrashes() + 1,
                                    request.failedRetention(),
                                    request.cancelledRetention()));
                }
            };
        }
    }

    static class RunsStaleJobsAgain extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public List<Reaped> reap(Term term, ReapRequest request) {
                    return right.reap(
                            term,
                            new ReapRequest(
                                    request.limit(),
                                    request.stall() == StallPolicy.MARK_STALE ? StallPolicy.REQUEUE : request.stall(),
                                    request.maxCrashes(),
                                    request.failedRetention(),
                                    request.cancelledRetention()));
                }
            };
        }
    }

    static class AcceptsStaleTerms extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public int purge(Term term, PurgeRequest request) {
                    try {
                        return right.purge(term, request);
                    } catch (StaleTermException e) {
                        return 0;
                    }
                }
            };
        }
    }

    static class AuditsForAnybody extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public Audit audit(Term term, AuditRequest request) {
                    try {
                        return right.audit(term, request);
                    } catch (StaleTermException e) {
                        return Audit.SOUND;
                    }
                }
            };
        }
    }

    static class LetsAnAuditTakeRunningJobsOver extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {
                private @Nullable WorkerSession last;

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    last = request.session();
                    return right.exchange(request);
                }

                @Override
                public Audit audit(Term term, AuditRequest request) {
                    if (last != null) {
                        right.reconcile(last, List.of());
                    }
                    return right.audit(term, request);
                }
            };
        }
    }

    private static final class ChangedLeases extends PassedOnTransitions {

        private final Duration addition;

        ChangedLeases(JobStore store, Duration addition) {
            super(store);
            this.addition = addition;
        }

        @Override
        public ExchangeAnswer exchange(ExchangeRequest request) {
            return right.exchange(new ExchangeRequest(
                    changed(request.session()),
                    request.settlements(),
                    request.claims(),
                    request.cancelledRetention(),
                    request.types(),
                    request.room()));
        }

        @Override
        public Renewal renew(WorkerSession session) {
            return right.renew(changed(session));
        }

        private WorkerSession changed(WorkerSession session) {
            return new WorkerSession(
                    session.queue(),
                    session.id(),
                    session.worker(),
                    session.lease().plus(addition));
        }
    }
}
