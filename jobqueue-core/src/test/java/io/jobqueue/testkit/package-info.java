/** Real servers for tests: started on free loopback ports, stopped with the test, nothing to install. */
@NullMarked
package io.jobqueue.testkit;

import org.jspecify.annotations.NullMarked;
