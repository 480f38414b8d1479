package io.jobqueue.sample.thumbnails;

import java.util.UUID;

/**
 * The payload of a thumbnail job: a reference to the upload, never its bytes.
 *
 * @param id names the upload in the {@link PhotoDirectory}
 */
public record Photo(UUID id) {}
