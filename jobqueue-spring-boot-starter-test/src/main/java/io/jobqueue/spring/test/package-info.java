/** Tests of applications with background jobs. */
@NullMarked
package io.jobqueue.spring.test;

import org.jspecify.annotations.NullMarked;
