/** Shows how the job queue is doing: health and meters. */
@NullMarked
package io.jobqueue.spring.actuate;

import org.jspecify.annotations.NullMarked;
