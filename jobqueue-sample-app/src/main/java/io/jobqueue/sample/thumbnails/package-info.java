/** Photos become thumbnails: one job a photo, with progress and a result. */
@NullMarked
package io.jobqueue.sample.thumbnails;

import org.jspecify.annotations.NullMarked;
