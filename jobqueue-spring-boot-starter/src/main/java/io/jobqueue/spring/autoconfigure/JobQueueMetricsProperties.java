package io.jobqueue.spring.autoconfigure;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * How the queues are metered.
 *
 * @param queueInterval How long a reading of all queues holds, however often their gauges are asked.
 */
public record JobQueueMetricsProperties(
        @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("10s")
        Duration queueInterval) {}
