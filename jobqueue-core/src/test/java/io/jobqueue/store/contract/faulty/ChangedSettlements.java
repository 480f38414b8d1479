package io.jobqueue.store.contract.faulty;

import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.Settlement;
import java.util.function.UnaryOperator;

/** Settles something else than it was told. */
final class ChangedSettlements extends PassedOnTransitions {

    private final UnaryOperator<Settlement> change;

    ChangedSettlements(JobStore store, UnaryOperator<Settlement> change) {
        super(store);
        this.change = change;
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        return right.exchange(new ExchangeRequest(
                request.session(),
                request.settlements().stream().map(change).toList(),
                request.claims(),
                request.cancelledRetention(),
                request.types(),
                request.room()));
    }
}
