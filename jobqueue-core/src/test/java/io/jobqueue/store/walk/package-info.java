/** Seeded random walks that compare two stores step by step. */
@NullMarked
package io.jobqueue.store.walk;

import org.jspecify.annotations.NullMarked;
