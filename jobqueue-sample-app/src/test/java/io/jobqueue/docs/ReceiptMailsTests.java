package io.jobqueue.docs;

import static io.jobqueue.spring.test.JobQueueAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobRequest;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.spring.test.AutoConfigureJobQueue;
import io.jobqueue.spring.test.JobQueueTester;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.IncompleteEventPublications;
import org.springframework.transaction.support.TransactionTemplate;

/** The recipe of the page on transactions, with the publication registry of Spring Modulith in a database. */
@SpringBootTest(
        properties = {
            "spring.autoconfigure.exclude=",
            "spring.datasource.generate-unique-name=true",
            "spring.modulith.events.jdbc.schema-initialization.enabled=true"
        })
@AutoConfigureJobQueue
class ReceiptMailsTests {

    @Autowired
    private Payments payments;

    @Autowired
    private ReceiptMails receiptMails;

    @Autowired
    private JobQueueTester jobs;

    @Autowired
    private StoreOutage outage;

    @Autowired
    private IncompleteEventPublications publications;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient database;

    @BeforeEach
    void emptyTables() {
        database.sql("create table if not exists payment (invoice varchar(100))")
                .update();
        database.sql("delete from payment").update();
        database.sql("delete from event_publication").update();
    }

    private long count(String what) {
        return database.sql("select count(*) from " + what).query(Long.class).single();
    }

    private void awaitCompletion() {
        await().untilAsserted(() -> assertThat(count("event_publication where completion_date is not null"))
                .isEqualTo(1));
    }

    @Test
    void paymentThatIsCommittedMakesOneJob() {
        payments.pay("2026-7");
        awaitCompletion();

        assertThat(jobs).hasEnqueued(1, "receipt-mail");
    }

    @Test
    void paymentThatIsRolledBackMakesNoJobAndLeavesNothingToRepeat() {
        transaction.executeWithoutResult(status -> {
            payments.pay("2026-7");
            status.setRollbackOnly();
        });

        assertThat(count("payment")).isZero();
        assertThat(count("event_publication")).isZero();
        assertThat(jobs).hasEnqueuedNothing();
    }

    @Test
    void enqueueThatFailsAfterTheCommitIsRepeatedUntilThereIsOneJob() {
        outage.refuseOne();
        payments.pay("2026-7");
        await().untilAsserted(() ->
                assertThat(count("event_publication where status = 'FAILED'")).isEqualTo(1));
        assertThat(count("payment")).isEqualTo(1);
        assertThat(jobs).hasEnqueuedNothing();

        publications.resubmitIncompletePublications(any -> true);
        awaitCompletion();

        assertThat(jobs).hasEnqueued(1, "receipt-mail");
    }

    @Test
    void repetitionAfterACrashBehindTheEnqueueMakesNoSecondJob() {
        payments.pay("2026-7");
        awaitCompletion();
        forgetCompletion();

        publications.resubmitIncompletePublications(any -> true);
        awaitCompletion();

        assertThat(jobs).hasEnqueued(1, "receipt-mail");
    }

    @Test
    void noSecondJobIsMadeLongAfterTheFirstHasEndedEither() {
        payments.pay("2026-7");
        awaitCompletion();
        jobs.drain();
        jobs.advance(Duration.ofDays(3));
        forgetCompletion();

        publications.resubmitIncompletePublications(any -> true);
        awaitCompletion();
        jobs.drain();

        assertThat(receiptMails.sent()).containsOnlyOnce("2026-7");
    }

    /** What a process leaves that dies between the enqueue and the completion of the publication. */
    private void forgetCompletion() {
        database.sql("update event_publication set completion_date = null, status = 'PUBLISHED'")
                .update();
    }

    /** A store that does not answer. */
    static class StoreOutage implements EnqueueInterceptor {

        private final AtomicInteger refusals = new AtomicInteger();

        void refuseOne() {
            refusals.set(1);
        }

        @Override
        public JobRequest beforeEnqueue(JobRequest request) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new StoreUnavailableException(
                        "the store does not answer", StoreUnavailableException.Outcome.REFUSED, null);
            }
            return request;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Payments.class, ReceiptMails.class, StoreOutage.class})
    static class Application {}
}
