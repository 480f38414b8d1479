package io.jobqueue.store;

import org.jspecify.annotations.Nullable;

/**
 * Who a store is, for people.
 *
 * @param kind {@code memory}, {@code redis}
 * @param mode how its servers are arranged: {@code standalone}, {@code sentinel} or {@code cluster}; null when it has no
 *     servers
 * @param location where it is, without secrets: {@code localhost:6379/0}
 * @param version of the server, or of the store itself
 * @param durability what an acknowledged job survives, in words
 */
public record StoreInfo(String kind, @Nullable String mode, String location, String version, String durability) {}
