package io.jobqueue.benchmarks;

import io.jobqueue.Backoff;
import io.jobqueue.JobRequest;
import java.time.Duration;

/**
 * The jobs of the mixed work by their number: five priorities, every tenth job fails its first attempt, every tenth is
 * delayed. The three do not depend on each other: of so many jobs in a row every mixture occurs as often as it should.
 */
final class MixedJobs {

    /** The type of the jobs whose first attempt fails. */
    static final String FLAKY = "flaky";

    static final int PRIORITIES = 5;
    private static final int EVERY = 10;

    /** After so many jobs all mixtures have occurred and come again. */
    static final int MIXTURES = PRIORITIES * EVERY * EVERY;

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final Backoff BACKOFF = Backoff.fixed(Duration.ofMillis(50));

    private final Workload workload;

    MixedJobs(Workload workload) {
        this.workload = workload;
    }

    static int priority(int number) {
        return number % PRIORITIES;
    }

    static boolean isFlaky(int number) {
        return number / PRIORITIES % EVERY == 0;
    }

    static boolean isDelayed(int number) {
        return number / (PRIORITIES * EVERY) % EVERY == 0;
    }

    JobRequest request(int number) {
        JobRequest.Builder request =
                workload.request(isFlaky(number) ? FLAKY : Workload.TYPE).priority(priority(number));
        if (isFlaky(number)) {
            request.backoff(BACKOFF);
        }
        if (isDelayed(number)) {
            request.delay(DELAY);
        }
        return request.build();
    }
}
