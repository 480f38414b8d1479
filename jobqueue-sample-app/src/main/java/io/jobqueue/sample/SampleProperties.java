package io.jobqueue.sample;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the sample.
 *
 * @param directory where uploads, thumbnails and booked orders are kept; shared by all processes of the sample
 * @param carrierDelay how long the remote service takes that is asked about parcels
 */
@Validated
@ConfigurationProperties("sample")
public record SampleProperties(
        @NotNull Path directory,

        @NotNull @DurationMin(millis = 0) @DefaultValue("1s")
        Duration carrierDelay) {}
