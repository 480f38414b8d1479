/** What the starter adds to the start of an application. */
@NullMarked
package io.jobqueue.startup;

import org.jspecify.annotations.NullMarked;
