/** A slow remote service is asked about parcels, thousands at a time: threads that wait, and virtual ones best. */
@NullMarked
package io.jobqueue.sample.parcels;

import org.jspecify.annotations.NullMarked;
