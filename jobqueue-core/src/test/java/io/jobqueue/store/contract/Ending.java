package io.jobqueue.store.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.JobError;
import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Settlement;
import java.time.Duration;

/** The ways to end a claim, with values that do not matter to the test. */
public enum Ending {
    COMPLETE,
    RETRY,
    FAIL,
    CANCEL,
    RELEASE,
    HAND_BACK,
    SNOOZE;

    /** What {@link #COMPLETE} leaves. */
    public static final String RESULT = "{\"greeted\":true}";

    /** How long {@link #RETRY}, {@link #HAND_BACK} and {@link #SNOOZE} put the job off. */
    public static final Duration DELAY = Duration.ofSeconds(5);

    /** Why {@link #RETRY} and {@link #FAIL} end. */
    public static final JobError ERROR =
            new JobError("java.lang.IllegalStateException", "no luck", "at io.jobqueue.Greeter");

    public Settlement of(Claim claim) {
        return of(claim.token());
    }

    public Settlement of(ClaimToken token) {
        return switch (this) {
            case COMPLETE -> new Settlement.Complete(token, RESULT.getBytes(UTF_8), StoreFixture.KEPT);
            case RETRY -> new Settlement.Retry(token, DELAY, ERROR);
            case FAIL -> new Settlement.Fail(token, ERROR, StoreFixture.KEPT);
            case CANCEL -> new Settlement.Cancel(token, StoreFixture.KEPT);
            case RELEASE -> new Settlement.Release(token);
            case HAND_BACK -> new Settlement.HandBack(token, DELAY);
            case SNOOZE -> new Settlement.Snooze(token, DELAY);
        };
    }
}
