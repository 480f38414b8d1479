package io.jobqueue.engine;

import java.util.function.LongSupplier;

/**
 * What all loops of an engine share.
 *
 * @param nanos the monotonic clock
 * @param jitter spreads waits
 * @param outages tells of failures without a flood
 * @param listener is told of failed calls of the store
 */
record LoopContext(LongSupplier nanos, Jitter jitter, OutageLog outages, EngineListener listener) {}
