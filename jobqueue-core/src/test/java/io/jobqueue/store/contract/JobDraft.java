package io.jobqueue.store.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Dedup;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.Placement;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.NewJob;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job to enqueue in a test: due at once, of priority 0, unless something else is said. */
public final class JobDraft {

    private final String id;
    private String type = "greet";
    private byte[] payload;
    private int priority;
    private JobOptions options = JobOptions.NONE;
    private IfFailed ifFailed = IfFailed.KEEP;
    private Duration delay = Duration.ZERO;
    private @Nullable Instant runAt;
    private Placement placement = Placement.END;
    private @Nullable Dedup dedup;
    private @Nullable String replyTo;

    private JobDraft(String id) {
        this.id = id;
        payload = ("{\"of\":\"" + id + "\"}").getBytes(UTF_8);
    }

    public static JobDraft job(String id) {
        return new JobDraft(id);
    }

    public JobDraft type(String type) {
        this.type = type;
        return this;
    }

    public JobDraft payload(byte[] payload) {
        this.payload = payload;
        return this;
    }

    public JobDraft priority(int priority) {
        this.priority = priority;
        return this;
    }

    public JobDraft options(JobOptions options) {
        this.options = options;
        return this;
    }

    public JobDraft replacingFailed() {
        ifFailed = IfFailed.REPLACE;
        return this;
    }

    public JobDraft delay(Duration delay) {
        this.delay = delay;
        return this;
    }

    public JobDraft runAt(Instant runAt) {
        this.runAt = runAt;
        return this;
    }

    public JobDraft atFront() {
        placement = Placement.FRONT;
        return this;
    }

    public JobDraft dedup(Dedup dedup) {
        this.dedup = dedup;
        return this;
    }

    public JobDraft replyTo(String address) {
        replyTo = address;
        return this;
    }

    NewJob newJob() {
        return new NewJob(
                id, new JobSpec(type, payload, priority, options), ifFailed, delay, runAt, placement, dedup, replyTo);
    }
}
