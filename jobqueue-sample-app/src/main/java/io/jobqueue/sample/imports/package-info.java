/** A CSV of orders becomes one job a row; bad rows end as dead letters. */
@NullMarked
package io.jobqueue.sample.imports;

import org.jspecify.annotations.NullMarked;
