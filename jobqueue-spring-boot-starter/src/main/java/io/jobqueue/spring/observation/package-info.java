/** Observations of enqueues and runs, and the traces they become. */
@NullMarked
package io.jobqueue.spring.observation;

import org.jspecify.annotations.NullMarked;
