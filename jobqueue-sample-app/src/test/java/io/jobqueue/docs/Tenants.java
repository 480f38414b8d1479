package io.jobqueue.docs;

import io.jobqueue.JobInterceptor;
import org.jspecify.annotations.Nullable;

/** For whom the calling thread works. */
final class Tenants {

    private static final ThreadLocal<@Nullable String> CURRENT = new ThreadLocal<>();

    private Tenants() {}

    static String current() {
        String tenant = CURRENT.get();
        return tenant == null ? "none" : tenant;
    }

    /** Works for a tenant while {@code work} runs. */
    static @Nullable Object during(@Nullable String tenant, JobInterceptor.Chain work) throws Exception {
        String before = CURRENT.get();
        CURRENT.set(tenant);
        try {
            return work.proceed();
        } finally {
            CURRENT.set(before);
        }
    }
}
