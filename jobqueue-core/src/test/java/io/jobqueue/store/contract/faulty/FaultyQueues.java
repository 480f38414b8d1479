package io.jobqueue.store.contract.faulty;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Cancellation;
import io.jobqueue.JobState;
import io.jobqueue.store.Claim;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that keep or hand out jobs wrongly. */
final class FaultyQueues {

    private FaultyQueues() {}

    /** Returns an answer that says that it brings all there was. */
    private static ExchangeAnswer complete(ExchangeAnswer answer, List<Claim> claims) {
        return new ExchangeAnswer(
                answer.sessionLost(), answer.settled(), claims, answer.paused(), answer.nextDue(), answer.at());
    }

    static class OverwritesDuplicates extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
                    jobs.forEach(job -> right.cancel(queue, job.id(), Duration.ZERO));
                    return right.enqueue(queue, jobs);
                }
            };
        }
    }

    static class StoresAsManyAsItIsGiven extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
                    List<EnqueueAnswer> answers = new ArrayList<>();
                    for (int from = 0; from < jobs.size(); from += ExchangeRequest.MOST) {
                        answers.addAll(right.enqueue(
                                queue, jobs.subList(from, Math.min(jobs.size(), from + ExchangeRequest.MOST))));
                    }
                    return answers;
                }
            };
        }
    }

    static class ReversesPriorities extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedJobs(right, job -> {
                JobSpec spec = job.spec();
                return ChangedJobs.withSpec(
                        job, new JobSpec(spec.type(), spec.payload(), ~spec.priority(), spec.options()));
            });
        }
    }

    static class ServesTheLastOfACallFirst extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
                    List<NewJob> reversed = new ArrayList<>(jobs);
                    Collections.reverse(reversed);
                    List<EnqueueAnswer> answers = new ArrayList<>(right.enqueue(queue, reversed));
                    Collections.reverse(answers);
                    return answers;
                }
            };
        }
    }

    static class IgnoresDelays extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedJobs(right, ChangedJobs::dueNow);
        }
    }

    static class TrimsIds extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedJobs(
                    right, job -> ChangedJobs.withId(job, job.id().strip()));
        }
    }

    static class TakesPayloadsForText extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedJobs(right, job -> {
                JobSpec spec = job.spec();
                byte[] text = new String(spec.payload(), UTF_8).getBytes(UTF_8);
                return ChangedJobs.withSpec(job, new JobSpec(spec.type(), text, spec.priority(), spec.options()));
            });
        }
    }

    static class ClaimsMoreThanAsked extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    return right.exchange(new ExchangeRequest(
                            request.session(),
                            request.settlements(),
                            Math.min(ExchangeRequest.MOST, request.claims() + 1),
                            request.cancelledRetention(),
                            request.types(),
                            request.room()));
                }
            };
        }
    }

    static class ClaimsLargeJobsAtOnce extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    ExchangeAnswer answer = right.exchange(request);
                    List<Claim> claims = new ArrayList<>(answer.claims());
                    boolean cutShort = answer.cutShort();
                    while (cutShort) {
                        ExchangeAnswer more = right.exchange(new ExchangeRequest(
                                request.session(),
                                List.of(),
                                request.claims() - claims.size(),
                                request.cancelledRetention(),
                                request.types(),
                                request.room()));
                        claims.addAll(more.claims());
                        cutShort = more.cutShort();
                    }
                    return complete(answer, claims);
                }
            };
        }
    }

    static class HidesThatAClaimWasCutShort extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    ExchangeAnswer answer = right.exchange(request);
                    return complete(answer, answer.claims());
                }
            };
        }
    }

    static class IgnoresTheCancelOfARunningJob extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public Cancellation cancel(String queue, String jobId, Duration retention) {
                    boolean active = store.ledger()
                            .find(queue, jobId)
                            .map(StoredJob::state)
                            .filter(JobState.ACTIVE::equals)
                            .isPresent();
                    return active ? Cancellation.REQUESTED : right.cancel(queue, jobId, retention);
                }
            };
        }
    }

    static class GivesJobsOfEveryType extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    return right.exchange(new ExchangeRequest(
                            request.session(), request.settlements(), request.claims(), request.cancelledRetention()));
                }
            };
        }
    }

    /** Gives all jobs of a type or none. */
    static class TakesAnyRoomForEnough extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    Map<String, Integer> none = new HashMap<>(request.room());
                    none.values().removeIf(jobs -> jobs > 0);
                    return right.exchange(new ExchangeRequest(
                            request.session(),
                            request.settlements(),
                            request.claims(),
                            request.cancelledRetention(),
                            request.types(),
                            none));
                }
            };
        }
    }

    /** Lets a type for which there is no room stop the others. */
    static class StopsWhereThereIsNoRoom extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    boolean full = request.room().containsValue(0);
                    return right.exchange(new ExchangeRequest(
                            request.session(),
                            request.settlements(),
                            full ? 0 : request.claims(),
                            request.cancelledRetention(),
                            request.types(),
                            request.room()));
                }
            };
        }
    }

    static class KeepsMoreThanTheCount extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                @Override
                public int purge(Term term, PurgeRequest request) {
                    return right.purge(term, new PurgeRequest(request.limit()));
                }
            };
        }
    }

    static class PurgesLiveJobs extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                private final Set<String> ids = ConcurrentHashMap.newKeySet();

                @Override
                public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
                    jobs.forEach(job -> ids.add(job.id()));
                    return right.enqueue(queue, jobs);
                }

                @Override
                public int purge(Term term, PurgeRequest request) {
                    ids.forEach(id -> right.cancel(term.queue(), id, Duration.ZERO));
                    return right.purge(term, request);
                }
            };
        }
    }
}
