package io.jobqueue.benchmarks.peers;

import io.jobqueue.benchmarks.driver.Peer;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * A job as JobRunr stores it.
 *
 * @param payload the payload
 */
public record JobRunrTask(String payload) implements JobRequest {

    @Override
    public Class<Runner> getJobRequestHandler() {
        return Runner.class;
    }

    /** Runs such jobs. */
    public static final class Runner implements JobRequestHandler<JobRunrTask> {

        private final Peer.Handler handler;

        Runner(Peer.Handler handler) {
            this.handler = handler;
        }

        @Override
        public void run(JobRunrTask task) {
            handler.handle(task.payload());
        }
    }
}
