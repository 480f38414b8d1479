package io.jobqueue.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.JobQueueAutoConfiguration;
import io.jobqueue.spring.autoconfigure.JobQueueStoreAutoConfiguration;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TenantJobsTests {

    @Test
    void handlerWorksForTheTenantOfTheSender() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class))
                .withPropertyValues("jobqueue.store.type=memory")
                .withUserConfiguration(TenantJobs.class)
                .withBean(Teller.class)
                .run(context -> {
                    JobQueue jobs = context.getBean(JobQueue.class);
                    JobRequest request = JobRequest.of("tell").build();

                    assertThat(Tenants.during(
                                    "acme", () -> jobs.enqueueAndWait(request, String.class, Duration.ofSeconds(20))))
                            .isEqualTo("acme");
                    assertThat(Tenants.current()).isEqualTo("none");
                });
    }

    static class Teller {

        @JobHandler("tell")
        String tell() {
            return Tenants.current();
        }
    }
}
