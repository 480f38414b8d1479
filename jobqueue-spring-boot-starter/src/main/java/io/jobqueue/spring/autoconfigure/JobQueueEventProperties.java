package io.jobqueue.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is published to the listeners of the application.
 *
 * @param enabled Whether every step that this process makes with a job is published as an application event. Otherwise
 *     only that a job is dead, and that a queue was paused or resumed.
 */
public record JobQueueEventProperties(@DefaultValue("false") boolean enabled) {}
