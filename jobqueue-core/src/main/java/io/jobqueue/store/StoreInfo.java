package io.jobqueue.store;

/**
 * Who a store is, for people.
 *
 * @param kind {@code memory}, {@code redis}
 * @param location where it is, without secrets: {@code localhost:6379/0}
 * @param version of the server, or of the store itself
 * @param durability what an acknowledged job survives, in words
 */
public record StoreInfo(String kind, String location, String version, String durability) {}
