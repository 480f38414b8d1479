package io.jobqueue.spring.observation;

import io.jobqueue.engine.EngineListener.Outcome;
import io.jobqueue.spring.actuate.BoundedLabel;
import io.jobqueue.spring.observation.JobQueueObservationDocumentation.HighCardinality;
import io.jobqueue.spring.observation.JobQueueObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import java.util.Locale;

/** Names and tags the observations of runs. Values of tags are bounded. Thread-safe. */
public class DefaultJobProcessObservationConvention implements JobProcessObservationConvention {

    private static final String UNKNOWN = "unknown";
    private static final String DROPPED = "dropped";

    private final BoundedLabel queues = new BoundedLabel();
    private final BoundedLabel types = new BoundedLabel();

    @Override
    public String getName() {
        return "jobqueue.process";
    }

    @Override
    public String getContextualName(JobReceiverContext context) {
        return context.job().id().queue() + " process";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(JobReceiverContext context) {
        String type = context.isHandled() ? types.of(context.job().type()) : UNKNOWN;
        return KeyValues.of(
                LowCardinality.SYSTEM.withValue("jobqueue"),
                LowCardinality.OPERATION_TYPE.withValue("process"),
                LowCardinality.OPERATION_NAME.withValue("process"),
                LowCardinality.DESTINATION.withValue(
                        queues.of(context.job().id().queue())),
                LowCardinality.TYPE.withValue(type),
                LowCardinality.OUTCOME.withValue(outcome(context)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(JobReceiverContext context) {
        return KeyValues.of(
                HighCardinality.MESSAGE_ID.withValue(context.job().id().value()),
                HighCardinality.ATTEMPT.withValue(String.valueOf(context.job().attempt())),
                HighCardinality.WORKER.withValue(context.worker()));
    }

    private static String outcome(JobReceiverContext context) {
        if (!context.isOver()) {
            return KeyValue.NONE_VALUE;
        }
        Outcome outcome = context.outcome();
        return outcome == null ? DROPPED : outcome.name().toLowerCase(Locale.ROOT);
    }
}
