/** Lets jobs wait for the transactions of Spring. */
@NullMarked
package io.jobqueue.spring.transaction;

import org.jspecify.annotations.NullMarked;
