/** Configures the job queue from the environment and the beans of a Spring Boot application. */
@NullMarked
package io.jobqueue.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
