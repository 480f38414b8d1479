/**
 * Runs annotated methods as handlers: finds {@link io.jobqueue.spring.JobHandler} methods on all beans, adapts
 * them to the engine, and starts and stops the engine with the application.
 */
@NullMarked
package io.jobqueue.spring;

import org.jspecify.annotations.NullMarked;
