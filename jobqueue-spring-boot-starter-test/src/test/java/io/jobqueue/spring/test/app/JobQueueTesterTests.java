package io.jobqueue.spring.test.app;

import static io.jobqueue.spring.test.JobQueueAssertions.assertThat;
import static io.jobqueue.spring.test.JobQueueAssertions.assertThatJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.DrainedJob;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.test.AutoConfigureJobQueue;
import io.jobqueue.spring.test.JobQueueTester;
import io.jobqueue.store.JobStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(properties = "jobqueue.store.type=redis")
@AutoConfigureJobQueue
class JobQueueTesterTests {

    @Autowired
    private JobQueueTester tester;

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private JobEngine engine;

    @Autowired
    private JobStore store;

    @Autowired
    private Mails mails;

    @Autowired
    private Unrelated unrelated;

    @BeforeEach
    void noJobOfAnotherTestIsLeft() {
        assertThat(tester).hasEnqueuedNothing();
        mails.threads.clear();
    }

    @Test
    void wholeApplicationIsThereOnAStoreInMemoryWithWorkersAtRest() {
        assertThat(unrelated).isNotNull();
        assertThat(store.info().kind()).isEqualTo("memory");
        assertThat(engine.isRunning()).isFalse();
    }

    @Test
    void jobsRunOnTheThreadOfTheTest() {
        JobId id = jobQueue.enqueue("mail", new Mail("ada")).id();

        List<DrainedJob> ran = tester.drain();

        assertThat(ran).extracting(DrainedJob::id).containsExactly(id);
        assertThat(mails.threads).containsExactly(Thread.currentThread());
        assertThatJob(jobQueue.find(id)).hasCompleted().hasResult("sent to ada");
    }

    @Test
    void exceptionOfTheHandlerReachesTheTestAfterTheJobIsSettled() {
        JobId id = jobQueue.enqueue(
                        JobRequest.of("mail", new Mail("nobody")).maxAttempts(2).build())
                .id();

        assertThatExceptionOfType(IOException.class).isThrownBy(tester::drain).withMessage("no such mailbox");
        assertThatJob(jobQueue.find(id)).hasAttempts(1).hasErrorContaining("no such mailbox");

        assertThat(tester.drain()).isEmpty();
        tester.advance(Duration.ofSeconds(2));
        assertThatExceptionOfType(IOException.class).isThrownBy(tester::drain);
        assertThatJob(jobQueue.find(id)).hasFailed().hasAttempts(2);
    }

    @Test
    void jobsThatJobsEnqueueRunTooUntilNothingIsDue() {
        jobQueue.enqueue("newsletter", List.of("ada", "bob"));

        assertThat(tester.drain()).extracting(DrainedJob::type).containsExactly("newsletter", "mail", "mail");
        assertThat(tester).hasEnqueuedNothing();
    }

    @Test
    void oneQueueIsDrainedAlone() {
        jobQueue.enqueue("newsletter", List.of("ada"));

        tester.drain("default");

        assertThat(tester).hasEnqueued("mail").isOnQueue("mails");
    }

    @Test
    void jobsThatEnqueueThemselvesForEverAreStopped() {
        jobQueue.enqueue(JobRequest.of("endless").build());

        assertThatThrownBy(tester::drain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("there is no end")
                .hasMessageContaining("endless");
    }

    @Test
    void jobWithoutHandlerIsTold() {
        jobQueue.enqueue("unknown", "payload");

        assertThatThrownBy(tester::drain)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no handler for type 'unknown'");
    }

    @Test
    void clockStandsStillAndMovesDelays() {
        Instant before = tester.now();
        jobQueue.enqueue(JobRequest.of("later").build());
        tester.drain();

        assertThat(tester).hasEnqueued("mail").isDueIn(Duration.ofMinutes(5));
        assertThat(tester.drain()).isEmpty();
        tester.advance(Duration.ofMinutes(5));
        assertThat(tester.now()).isEqualTo(before.plus(Duration.ofMinutes(5)));
        assertThat(tester.drain()).extracting(DrainedJob::type).containsExactly("mail");
    }

    @Test
    void clockGoesForwardOnly() {
        assertThatThrownBy(() -> tester.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void enqueuedJobsAreShownInTheirOrder() {
        jobQueue.enqueue("mail", new Mail("ada"));
        jobQueue.enqueue("mail", new Mail("bob"));
        jobQueue.enqueue("unknown", "payload");

        assertThat(tester.enqueued("mail"))
                .extracting(job -> job.payload().as(Mail.class).to())
                .containsExactly("ada", "bob");
        assertThat(tester.enqueued()).hasSize(3);
    }

    @Test
    void assertionsSayWhatIsEnqueued() {
        jobQueue.enqueue(JobRequest.of("mail", new Mail("ada")).priority(7).build());

        assertThat(tester)
                .hasEnqueued("mail")
                .isWaiting()
                .hasType("mail")
                .hasPayload(new Mail("ada"))
                .isOnQueue("mails")
                .isDueIn(Duration.ZERO)
                .hasHeader("tenant", "acme")
                .hasPriority(7);
    }

    @Test
    void assertionsFailWithWhatIsThere() {
        jobQueue.enqueue(JobRequest.of("mail", new Mail("ada")).id("a").build());

        assertFails(() -> assertThat(tester).hasEnqueued("newsletter"), "(mail)");
        assertFails(() -> assertThat(tester).hasEnqueued(2, "mail"), "there were 1");
        assertFails(() -> assertThat(tester).hasEnqueuedNothing(), "(mail)");
        assertFails(() -> assertThat(tester).hasEnqueued("mail").hasPayload(new Mail("bob")), "Mail[to=ada]");
        assertFails(() -> assertThat(tester).hasEnqueued("mail").isOnQueue("other"), "mails");
        assertFails(() -> assertThat(tester).hasEnqueued("mail").isDueIn(Duration.ofSeconds(1)), "PT0S");
        assertFails(() -> assertThat(tester).hasEnqueued("mail").hasCompleted(), "WAITING");
        assertFails(() -> assertThatJob(jobQueue.find(JobId.of("mails", "b"))).hasCompleted(), "null");
    }

    private static void assertFails(Runnable assertion, String text) {
        assertThatThrownBy(assertion::run).isInstanceOf(AssertionError.class).hasMessageContaining(text);
    }
}
