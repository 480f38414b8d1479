package io.jobqueue.sample;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the sample.
 *
 * @param directory where uploads, thumbnails and booked orders are kept; shared by all processes of the sample
 */
@Validated
@ConfigurationProperties("sample")
public record SampleProperties(@NotNull Path directory) {}
