package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.WorkerSession;
import io.jobqueue.store.contract.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that end claims wrongly. */
final class FaultySettling {

    private FaultySettling() {}

    /** Ends whatever runs under the id, whoever claimed it and by whatever token. */
    static class SettlesWithoutTheToken extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                private final Map<String, WorkerSession> owners = new ConcurrentHashMap<>();
                private final Map<String, ClaimToken> tokens = new ConcurrentHashMap<>();

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    List<Boolean> settled = request.settlements().stream()
                            .map(settlement -> settle(settlement, request))
                            .toList();
                    ExchangeAnswer answer = right.exchange(new ExchangeRequest(
                            request.session(),
                            List.of(),
                            request.claims(),
                            request.cancelledRetention(),
                            request.types(),
                            request.room()));
                    for (Claim claim : answer.claims()) {
                        owners.put(claim.token().jobId(), request.session());
                        tokens.put(claim.token().jobId(), claim.token());
                    }
                    return new ExchangeAnswer(
                            answer.sessionLost(),
                            settled,
                            answer.claims(),
                            answer.paused(),
                            answer.nextDue(),
                            answer.at());
                }

                private boolean settle(Settlement settlement, ExchangeRequest request) {
                    String id = settlement.token().jobId();
                    ClaimToken token = tokens.getOrDefault(id, settlement.token());
                    return right.exchange(new ExchangeRequest(
                                    owners.getOrDefault(id, request.session()),
                                    List.of(withToken(settlement, token)),
                                    0,
                                    request.cancelledRetention(),
                                    request.types(),
                                    request.room()))
                            .settled()
                            .get(0);
                }
            };
        }
    }

    /** Forgets that it was this token that settled. */
    static class RefusesRepetitions extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new PassedOnTransitions(right) {

                private final Map<ClaimToken, Boolean> settled = new ConcurrentHashMap<>();

                @Override
                public ExchangeAnswer exchange(ExchangeRequest request) {
                    ExchangeAnswer answer = right.exchange(request);
                    List<Boolean> first = new ArrayList<>();
                    for (int i = 0; i < answer.settled().size(); i++) {
                        boolean repeated =
                                settled.put(request.settlements().get(i).token(), true) != null;
                        first.add(answer.settled().get(i) && !repeated);
                    }
                    return new ExchangeAnswer(
                            answer.sessionLost(),
                            first,
                            answer.claims(),
                            answer.paused(),
                            answer.nextDue(),
                            answer.at());
                }
            };
        }
    }

    static class ReleasesToTheBack extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedSettlements(
                    right,
                    settlement -> settlement instanceof Settlement.Release
                            ? new Settlement.HandBack(settlement.token(), Duration.ZERO)
                            : settlement);
        }
    }

    static class ChargesNothingForARetry extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedSettlements(
                    right,
                    settlement -> settlement instanceof Settlement.Retry retry
                            ? new Settlement.HandBack(retry.token(), retry.delay())
                            : settlement);
        }
    }

    static class ChargesAHandBack extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedSettlements(
                    right,
                    settlement -> settlement instanceof Settlement.HandBack handBack
                            ? new Settlement.Retry(handBack.token(), handBack.delay(), Ending.ERROR)
                            : settlement);
        }
    }

    static class LosesResults extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedSettlements(
                    right,
                    settlement -> settlement instanceof Settlement.Complete complete
                            ? new Settlement.Complete(complete.token(), null, complete.retention())
                            : settlement);
        }
    }

    static class KeepsFailedJobsTooLong extends FaultyBinding {

        @Override
        JobTransitions transitions(JobStore right) {
            return new ChangedSettlements(
                    right,
                    settlement -> settlement instanceof Settlement.Fail fail
                                    && !fail.retention().isZero()
                            ? new Settlement.Fail(
                                    fail.token(), fail.error(), fail.retention().plusMillis(1))
                            : settlement);
        }
    }

    private static Settlement withToken(Settlement settlement, ClaimToken token) {
        if (settlement instanceof Settlement.Complete complete) {
            return new Settlement.Complete(token, complete.result(), complete.retention());
        } else if (settlement instanceof Settlement.Retry retry) {
            return new Settlement.Retry(token, retry.delay(), retry.error());
        } else if (settlement instanceof Settlement.Fail fail) {
            return new Settlement.Fail(token, fail.error(), fail.retention());
        } else if (settlement instanceof Settlement.Cancel cancel) {
            return new Settlement.Cancel(token, cancel.retention());
        } else if (settlement instanceof Settlement.HandBack handBack) {
            return new Settlement.HandBack(token, handBack.delay());
        }
        return new Settlement.Release(token);
    }
}
