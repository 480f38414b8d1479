/**
 * The SPI of a store: roles and the records they exchange. A method is a transition of the job's life and
 * is named as one; a batch is the primitive, a single job is a batch of one. Names that arrive here obey
 * {@link io.jobqueue.Names}, sizes and counts are already checked.
 */
@NullMarked
package io.jobqueue.store;

import org.jspecify.annotations.NullMarked;
