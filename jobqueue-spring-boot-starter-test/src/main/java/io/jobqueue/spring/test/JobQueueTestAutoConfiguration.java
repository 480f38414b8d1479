package io.jobqueue.spring.test;

import io.jobqueue.JobQueue;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.JobQueueLifecycle;
import io.jobqueue.spring.autoconfigure.JobEngineBuilderCustomizer;
import io.jobqueue.spring.autoconfigure.JobQueueAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueStoreAutoConfiguration;
import io.jobqueue.store.memory.MemoryStore;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** What {@link AutoConfigureJobQueue} brings, before the application's own store can be opened. */
@AutoConfiguration(before = {JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class})
final class JobQueueTestAutoConfiguration {

    @Bean
    HeldClock jobQueueTestClock() {
        return new HeldClock(InstantSource.system().instant());
    }

    @Bean
    @Primary
    MemoryStore jobQueueTestStore(HeldClock clock) {
        return new MemoryStore(clock.source());
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
    JobQueueTester jobQueueTester(JobEngine engine, JobQueue jobQueue, HeldClock clock) {
        return new JobQueueTester(engine, jobQueue, clock);
    }
}
