package io.jobqueue.spring.autoconfigure;

import io.jobqueue.engine.JobEngine;
import io.jobqueue.spring.actuate.JobQueueEndpoint;
import io.jobqueue.spring.actuate.JobQueueEndpointWebExtension;
import java.time.InstantSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the job queue at an endpoint of the actuator where that is exposed. */
@AutoConfiguration(after = JobQueueAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(JobEngine.class)
@ConditionalOnAvailableEndpoint(JobQueueEndpoint.class)
public final class JobQueueEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    JobQueueEndpoint jobQueueEndpoint(JobEngine engine) {
        return new JobQueueEndpoint(engine, InstantSource.system());
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBean(JobQueueEndpoint.class)
    JobQueueEndpointWebExtension jobQueueEndpointWebExtension(JobQueueEndpoint endpoint) {
        return new JobQueueEndpointWebExtension(endpoint);
    }
}
