/** How payloads and results become JSON bytes and back. */
@NullMarked
package io.jobqueue.codec;

import org.jspecify.annotations.NullMarked;
