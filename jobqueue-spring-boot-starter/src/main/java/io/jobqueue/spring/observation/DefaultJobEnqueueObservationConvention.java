package io.jobqueue.spring.observation;

import io.jobqueue.engine.EngineObserver.NewcomerJob;
import io.jobqueue.spring.actuate.BoundedLabel;
import io.jobqueue.spring.observation.JobQueueObservationDocumentation.HighCardinality;
import io.jobqueue.spring.observation.JobQueueObservationDocumentation.LowCardinality;
import io.micrometer.common.KeyValues;
import java.util.List;
import java.util.function.Function;

/** Names and tags the observations of calls that store jobs. Values of tags are bounded. Thread-safe. */
public class DefaultJobEnqueueObservationConvention implements JobEnqueueObservationConvention {

    private static final String SEVERAL = "several";

    private final BoundedLabel queues = new BoundedLabel();
    private final BoundedLabel types = new BoundedLabel();

    @Override
    public String getName() {
        return "jobqueue.enqueue";
    }

    @Override
    public String getContextualName(JobSenderContext context) {
        return queue(context) + " send";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(JobSenderContext context) {
        return KeyValues.of(
                LowCardinality.SYSTEM.withValue("jobqueue"),
                LowCardinality.OPERATION_TYPE.withValue("send"),
                LowCardinality.OPERATION_NAME.withValue("enqueue"),
                LowCardinality.DESTINATION.withValue(queues.of(queue(context))),
                LowCardinality.TYPE.withValue(types.of(common(context, NewcomerJob::type))));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(JobSenderContext context) {
        List<NewcomerJob> jobs = context.jobs();
        return KeyValues.of(
                jobs.size() == 1
                        ? HighCardinality.MESSAGE_ID.withValue(jobs.get(0).id().value())
                        : HighCardinality.BATCH_SIZE.withValue(String.valueOf(jobs.size())));
    }

    private static String queue(JobSenderContext context) {
        return common(context, job -> job.id().queue());
    }

    private static String common(JobSenderContext context, Function<NewcomerJob, String> name) {
        List<String> names =
                context.jobs().stream().map(name).distinct().limit(2).toList();
        return names.size() == 1 ? names.get(0) : SEVERAL;
    }
}
