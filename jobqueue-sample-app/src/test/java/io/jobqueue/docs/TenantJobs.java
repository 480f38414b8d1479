package io.jobqueue.docs;

import io.jobqueue.EnqueueInterceptor;
import io.jobqueue.JobInterceptor;
import org.springframework.context.annotation.Bean;

/** Takes the tenant of whoever enqueues to the thread of the handler. */
class TenantJobs {

    @Bean
    EnqueueInterceptor senderOfTenants() {
        return request ->
                request.toBuilder().header("tenant", Tenants.current()).build();
    }

    @Bean
    JobInterceptor receiverOfTenants() {
        return (execution, chain) -> Tenants.during(execution.job().headers().get("tenant"), chain);
    }
}
