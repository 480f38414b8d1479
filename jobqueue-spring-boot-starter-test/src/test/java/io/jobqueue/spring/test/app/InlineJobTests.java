package io.jobqueue.spring.test.app;

import static io.jobqueue.spring.test.JobQueueAssertions.assertThat;
import static io.jobqueue.spring.test.JobQueueAssertions.assertThatJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.Enqueued;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.test.JobQueueTest;
import io.jobqueue.spring.test.JobQueueTestMode;
import io.jobqueue.spring.test.JobQueueTester;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@JobQueueTest(mode = JobQueueTestMode.INLINE)
class InlineJobTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private JobQueueTester tester;

    @Autowired
    private Mails mails;

    @BeforeEach
    void forgetOtherTests() {
        mails.threads.clear();
        mails.order.clear();
    }

    private static JobRequest mail(String to, int attempts) {
        return JobRequest.of("mail", new Mail(to)).maxAttempts(attempts).build();
    }

    @Test
    void jobHasRunOnTheCallingThreadWhenEnqueueReturns() {
        JobId id = jobQueue.enqueue("mail", new Mail("ada")).id();

        assertThat(mails.threads).containsExactly(Thread.currentThread());
        assertThatJob(jobQueue.find(id)).hasCompleted().hasResult("sent to ada");
    }

    @Test
    void everyWayToEnqueueRunsTheJob() {
        jobQueue.enqueue(new Mail("ada"));
        jobQueue.enqueue(mail("ada", 1));
        jobQueue.enqueueAll(List.of(mail("ada", 1), mail("bob", 1)));

        assertThat(mails.threads).hasSize(4);
        assertThat(tester).hasEnqueuedNothing();
    }

    @Test
    void whatTheHandlerThrowsReachesTheCallerAfterTheJobIsSettled() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> jobQueue.enqueue(JobRequest.of("mail", new Mail("nobody"))
                        .id("a")
                        .maxAttempts(2)
                        .build()))
                .withMessage("no such mailbox");

        JobId id = JobId.of("mails", "a");
        assertThatJob(jobQueue.find(id)).hasAttempts(1).hasErrorContaining("no such mailbox");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> tester.advance(Duration.ofSeconds(2)));
        assertThatJob(jobQueue.find(id)).hasFailed().hasAttempts(2);
    }

    @Test
    void delayedJobRunsInsideOfTheAdvanceThatMakesItDue() {
        jobQueue.enqueue(JobRequest.of("mail", new Mail("ada"))
                .delay(Duration.ofMinutes(5))
                .build());
        tester.advance(Duration.ofMinutes(4));
        assertThat(mails.threads).isEmpty();

        tester.advance(Duration.ofMinutes(1));

        assertThat(mails.threads).containsExactly(Thread.currentThread());
    }

    @Test
    void jobsThatAHandlerEnqueuesRunAfterIt() {
        jobQueue.enqueue("newsletter", List.of("ada", "bob"));

        assertThat(mails.order).containsExactly("newsletter begins", "newsletter ends", "ada", "bob");
    }

    @Test
    void drainDoesNotRunThemInsideOfTheHandlerEither() {
        jobQueue.enqueue(JobRequest.of("newsletter", List.of("ada"))
                .delay(Duration.ofSeconds(1))
                .build());
        jobQueue.queue("default").promote(tester.enqueued().get(0).id().value());

        tester.drain();

        assertThat(mails.order).containsExactly("newsletter begins", "newsletter ends", "ada");
    }

    @Test
    void jobsThatEnqueueThemselvesForEverAreStoppedAndNotByTheStack() {
        assertThatThrownBy(() -> jobQueue.enqueue(JobRequest.of("endless").build()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no end");
    }

    @Test
    void duplicateRunsNothing() {
        JobRequest once = JobRequest.of("mail", new Mail("ada")).id("once").build();
        jobQueue.enqueue(once);

        Enqueued second = jobQueue.enqueue(once);

        assertThat(second.status()).isEqualTo(Enqueued.Status.COMPLETED);
        assertThat(mails.threads).hasSize(1);
    }

    @Test
    void resultIsThereForWhoeverWaits() throws Exception {
        Duration timeout = Duration.ofSeconds(20);

        assertThat(jobQueue.enqueueAndWait(mail("ada", 1), String.class, timeout))
                .isEqualTo("sent to ada");
        assertThat(jobQueue.enqueueForResult(mail("bob", 1), String.class, timeout)
                        .get())
                .isEqualTo("sent to bob");
        assertThat(mails.threads).containsOnly(Thread.currentThread());
    }

    @Test
    void handlerMayWaitForAJobOfItsOwn() {
        String answer =
                jobQueue.enqueueAndWait(JobRequest.of("asking", "ada").build(), String.class, Duration.ofSeconds(20));

        assertThat(answer).isEqualTo("heard: sent to ada");
    }

    @Test
    void deadJobReachesWhoeverWaitsAsItDoesInProduction() {
        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> jobQueue.enqueueAndWait(mail("nobody", 1), String.class, Duration.ofSeconds(20)))
                .withMessageContaining("no such mailbox");
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> jobQueue.enqueueForResult(mail("nobody", 1), String.class, Duration.ofSeconds(20))
                        .get())
                .withCauseInstanceOf(JobFailedException.class);
    }

    private void leaveDeadMailBehind() {
        jobQueue.queue("mails").pause();
        jobQueue.enqueue(mail("nobody", 1));
        jobQueue.queue("mails").resume();
    }

    @Test
    void failureOfAnotherJobThatRanMeanwhileIsNotLost() {
        Duration timeout = Duration.ofSeconds(20);
        leaveDeadMailBehind();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> jobQueue.enqueueAndWait(mail("ada", 1), String.class, timeout))
                .withMessage("no such mailbox");

        leaveDeadMailBehind();
        CompletableFuture<String> result = jobQueue.enqueueForResult(mail("bob", 1), String.class, timeout);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(result::get)
                .withCauseInstanceOf(IOException.class);
        assertThat(mails.order).containsExactly("nobody", "ada", "nobody", "bob");
    }

    @Test
    void failureOfTheAwaitedJobGoesFirst() {
        leaveDeadMailBehind();

        assertThatExceptionOfType(JobFailedException.class)
                .isThrownBy(() -> jobQueue.enqueueAndWait(mail("nobody", 1), String.class, Duration.ofSeconds(20)))
                .satisfies(failed -> assertThat(failed.getSuppressed()).hasSize(1));
    }

    @Test
    void whoeverWaitsForARetryIsToldOfTheFailureInstead() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> jobQueue.enqueueAndWait(mail("nobody", 2), String.class, Duration.ofSeconds(20)))
                .withMessage("no such mailbox");
    }
}
