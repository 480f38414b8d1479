package io.jobqueue.spring.test;

import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobQueueLifecycle;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import io.jobqueue.spring.autoconfigure.JobQueueAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueStoreAutoConfiguration;
import io.jobqueue.store.memory.MemoryStore;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.transaction.PlatformTransactionManager;

/** What {@link AutoConfigureJobQueue} brings, before the application's own store can be opened. */
@AutoConfiguration(before = {JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class})
final class JobQueueTestAutoConfiguration {

    @Bean
    HeldClock jobQueueTestClock() {
        return new HeldClock(InstantSource.system().instant());
    }

    @Bean
    @Primary
    ConfirmingMemoryStore jobQueueTestStore(HeldClock clock) {
        return new ConfirmingMemoryStore(new MemoryStore(clock.source()));
    }

    @Bean
    JobEngineBuilderCustomizer jobQueueTestEngineCustomizer(HeldClock clock) {
        return builder -> builder.clock(clock.source());
    }

    @Bean
    JobQueueLifecycle jobQueueTestLifecycle(JobEngine engine) {
        return new JobQueueLifecycle(engine, false, 0);
    }

    @Bean
    DueJobs jobQueueTestDueJobs(JobEngine engine) {
        return new DueJobs(engine);
    }

    @Bean
    JobQueueTester jobQueueTester(JobEngine engine, DueJobs jobs, HeldClock clock, ObjectProvider<InlineRuns> inline) {
        return new JobQueueTester(engine.jobQueue(), jobs, clock, () -> inline.ifAvailable(InlineRuns::runDue));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "jobqueue-test.mode", havingValue = "inline")
    static class InlineConfiguration {

        @Bean
        InlineRuns jobQueueTestInlineRuns(DueJobs jobs, ObjectProvider<CallerTransactions> transactions) {
            return new InlineRuns(jobs, transactions.getIfAvailable(() -> CallerTransactions.NONE));
        }

        @Bean
        InlineJobQueue jobQueue(JobEngine engine, InlineRuns runs) {
            return new InlineJobQueue(engine.jobQueue(), runs);
        }

        @Configuration(proxyBeanMethods = false)
        @ConditionalOnClass(PlatformTransactionManager.class)
        static class TransactionConfiguration {

            @Bean
            SpringCallerTransactions jobQueueTestTransactions(ObjectProvider<PlatformTransactionManager> managers) {
                return new SpringCallerTransactions(managers.orderedStream().toList());
            }
        }
    }
}
