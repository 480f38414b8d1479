package io.jobqueue.spring;

import io.jobqueue.engine.HandlerDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A method that was found fit to handle jobs.
 *
 * @param id the id that its annotation declares; null when it declares none
 * @param definition what the engine runs
 */
record DefinedHandler(@Nullable String id, HandlerDefinition definition) {}
