/** The sample application: what its features share. */
@NullMarked
package io.jobqueue.sample;

import org.jspecify.annotations.NullMarked;
