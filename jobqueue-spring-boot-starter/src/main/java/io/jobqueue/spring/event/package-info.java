/** What happens to jobs in this process, as events of the application. */
@NullMarked
package io.jobqueue.spring.event;

import org.jspecify.annotations.NullMarked;
