package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.engine.DeferredJobs;
import io.jobqueue.engine.TransactionBoundary;
import io.jobqueue.spring.transaction.SpringTransactionBoundary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class JobQueueTransactionAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withPropertyValues("jobqueue.store.type=memory")
            .withConfiguration(AutoConfigurations.of(
                    JobQueueTransactionAutoConfiguration.class,
                    JobQueueStoreAutoConfiguration.class,
                    JobQueueAutoConfiguration.class));

    private static Enqueued enqueueInTransaction(ApplicationContext context, JobRequest.Builder request) {
        TransactionTemplate transaction = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
        return Objects.requireNonNull(
                transaction.execute(status -> context.getBean(JobQueue.class).enqueue(request.build())));
    }

    @Test
    void enqueueInATransactionWaitsForItsCommit() {
        runner.withUserConfiguration(Database.class).run(context -> {
            Enqueued answer = enqueueInTransaction(context, JobRequest.of("mail"));

            assertThat(answer.isDeferred()).isTrue();
            assertThat(context.getBean(JobQueue.class).find(answer.id())).isPresent();
        });
    }

    @Test
    void withoutTransactionsByPropertyItWaitsForNothing() {
        runner.withUserConfiguration(Database.class)
                .withPropertyValues("jobqueue.producer.transaction=none")
                .run(context -> {
                    assertThat(enqueueInTransaction(context, JobRequest.of("mail"))
                                    .isNew())
                            .isTrue();
                    assertThat(enqueueInTransaction(
                                            context, JobRequest.of("mail").afterCommit())
                                    .isDeferred())
                            .isTrue();
                });
    }

    @Test
    void withoutSpringsTransactionSupportItStartsAndWaitsForNothing() {
        runner.withClassLoader(new FilteredClassLoader(TransactionSynchronizationManager.class))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(TransactionBoundary.class);
                    assertThat(context.getBean(JobQueue.class)
                                    .enqueue("mail", "ada")
                                    .isNew())
                            .isTrue();
                });
    }

    @Test
    void switchedOffItAddsNothing() {
        runner.withPropertyValues("jobqueue.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(TransactionBoundary.class));
    }

    @Test
    void ownBoundaryGoesFirst() {
        runner.withUserConfiguration(OwnBoundary.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(TransactionBoundary.class)
                        .doesNotHaveBean(SpringTransactionBoundary.class));
    }

    @Test
    void transactionalEventListenerEnqueuesAtOnce() {
        runner.withUserConfiguration(Database.class, Listening.class).run(context -> {
            new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> context.publishEvent("order"));

            assertThat(context.getBean(Listening.class).answers)
                    .extracting(Enqueued::isNew)
                    .containsExactly(true);
        });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Database {

        @Bean
        JdbcTransactionManager transactionManager() {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:configured");
            return new JdbcTransactionManager(database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listening {

        final List<Enqueued> answers = new ArrayList<>();
        private final JobQueue queue;

        Listening(JobQueue queue) {
            this.queue = queue;
        }

        @TransactionalEventListener
        void on(String order) {
            answers.add(queue.enqueue("mail", order));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnBoundary {

        @Bean
        TransactionBoundary boundary() {
            return new TransactionBoundary() {
                @Override
                public boolean isOpen() {
                    return false;
                }

                @Override
                public DeferredJobs join(Object engine, Supplier<DeferredJobs> begin) {
                    return begin.get();
                }
            };
        }
    }
}
