/** What single parts cost the process itself, measured by JMH: the codec, the memory store, the engine. */
@NullMarked
package io.jobqueue.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
