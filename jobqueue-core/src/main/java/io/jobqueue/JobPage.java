package io.jobqueue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of jobs.
 *
 * @param jobs the jobs; may be fewer than asked for although more follow
 * @param next the cursor of the next page; null after the last
 */
public record JobPage(List<JobSnapshot> jobs, @Nullable String next) {

    /** Copies the jobs. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
