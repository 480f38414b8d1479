package io.jobqueue.store.partition;

import org.jspecify.annotations.Nullable;

/**
 * What a partition is asked whether it holds it: an id, a dedup key, or either.
 *
 * @param id the id; null when it is not sought
 * @param key the dedup key; null when it is not sought
 */
public record Sought(@Nullable String id, @Nullable String key) {}
