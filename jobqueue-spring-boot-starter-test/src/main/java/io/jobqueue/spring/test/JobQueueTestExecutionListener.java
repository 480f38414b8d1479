package io.jobqueue.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Removes all jobs after each test method, so that none reaches the next. */
final class JobQueueTestExecutionListener implements TestExecutionListener {

    @Override
    public void afterTestMethod(TestContext test) {
        if (test.hasApplicationContext()) {
            test.getApplicationContext().getBeanProvider(JobQueueTester.class).ifAvailable(JobQueueTester::clear);
        }
    }
}
