package io.jobqueue.spring.test.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.test.AutoConfigureJobQueue;
import io.jobqueue.spring.test.JobQueueTestMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseBuilder;
import org.springframework.jdbc.datasource.embedded.EmbeddedDatabaseType;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
@AutoConfigureJobQueue(mode = JobQueueTestMode.INLINE)
class InlineTransactionTests {

    @Autowired
    private JobQueue jobQueue;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient database;

    @Autowired
    private Orders orders;

    @BeforeEach
    void forgetOtherTests() {
        database.sql("delete from orders").update();
        orders.seen.clear();
    }

    private void insert(String name) {
        database.sql("insert into orders values (?)").param(name).update();
    }

    private List<String> stored() {
        return database.sql("select name from orders order by name")
                .query(String.class)
                .list();
    }

    @Test
    void jobRunsRightAfterTheCommitAndSeesItsData() {
        AtomicReference<Enqueued> enqueued = new AtomicReference<>();

        transaction.executeWithoutResult(status -> {
            insert("a");
            enqueued.set(jobQueue.enqueue("order", "a"));
            assertThat(orders.seen).isEmpty();
        });

        assertThat(enqueued.get().isDeferred()).isTrue();
        assertThat(orders.seen).containsExactly(List.of("a"));
    }

    @Test
    void jobOfATransactionThatIsRolledBackNeverRuns() {
        transaction.executeWithoutResult(status -> {
            jobQueue.enqueue("order", "a");
            status.setRollbackOnly();
        });

        assertThat(orders.seen).isEmpty();
    }

    @Test
    void everyJobOfATransactionRuns() {
        transaction.executeWithoutResult(status -> {
            jobQueue.enqueue("order", "a");
            jobQueue.enqueue("order", "b");
        });

        assertThat(orders.seen).hasSize(2);
    }

    @Test
    void transactionOfAHandlerIsItsOwnAndNotTheOneThatHasCommitted() {
        transaction.executeWithoutResult(status -> jobQueue.enqueue("confirm", "a"));

        assertThat(stored()).containsExactly("confirmed a");
    }

    @Test
    void jobThatDoesNotWaitForTheTransactionRunsOutsideOfIt() {
        transaction.executeWithoutResult(status -> {
            insert("a");
            jobQueue.enqueue(JobRequest.of("confirm", "b").immediately().build());
            status.setRollbackOnly();
        });

        assertThat(stored()).containsExactly("confirmed b");
    }

    @Test
    void whatTheHandlerThrowsReachesWhoeverCommits() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    insert("a");
                    jobQueue.enqueue("order", "nothing to do");
                }))
                .withMessage("no order");

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void checkedExceptionOfAHandlerIsNotWrapped() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> jobQueue.enqueue("unsent", "a"))
                .withMessage("no such mailbox");
    }

    @Test
    void jobThatIsEnqueuedAfterTheCommitRunsToo() {
        transaction.executeWithoutResult(
                status -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        jobQueue.enqueue("order", "a");
                    }
                }));

        assertThat(orders.seen).hasSize(1);
    }

    /** Handlers with a database. */
    static class Orders {

        final List<List<String>> seen = new ArrayList<>();

        private final JdbcClient database;
        private final TransactionTemplate transaction;

        Orders(JdbcClient database, TransactionTemplate transaction) {
            this.database = database;
            this.transaction = transaction;
        }

        @JobHandler("order")
        void look(String order) {
            if (order.startsWith("nothing")) {
                throw new IllegalStateException("no order");
            }
            seen.add(database.sql("select name from orders").query(String.class).list());
        }

        @JobHandler("unsent")
        void send(String order) throws IOException {
            throw new IOException("no such mailbox");
        }

        @JobHandler("confirm")
        void confirm(String order) {
            transaction.executeWithoutResult(status -> database.sql("insert into orders values (?)")
                    .param("confirmed " + order)
                    .update());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Orders.class)
    static class Application {

        @Bean
        DataSource dataSource() {
            return new EmbeddedDatabaseBuilder()
                    .setType(EmbeddedDatabaseType.H2)
                    .generateUniqueName(true)
                    .build();
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            JdbcClient client = JdbcClient.create(dataSource);
            client.sql("create table orders (name varchar(100))").update();
            return client;
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        TransactionTemplate transactionTemplate(PlatformTransactionManager transactionManager) {
            return new TransactionTemplate(transactionManager);
        }
    }
}
