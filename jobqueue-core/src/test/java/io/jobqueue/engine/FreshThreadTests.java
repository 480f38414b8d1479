package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.contract.HeldClock;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshThreadTests {

    private final InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final ClassLoader ofApplication = new URLClassLoader(new URL[0], loader);
    private final CompletableFuture<List<Object>> seen = new CompletableFuture<>();

    @BeforeEach
    void beInARequest() {
        tenant.set("acme");
        Thread.currentThread().setContextClassLoader(ofApplication);
    }

    @AfterEach
    void leaveTheRequest() {
        Thread.currentThread().setContextClassLoader(loader);
        tenant.remove();
    }

    private void look() {
        seen.complete(Arrays.asList(tenant.get(), Thread.currentThread().getContextClassLoader()));
    }

    private List<Object> seen() throws Exception {
        return seen.get(10, TimeUnit.SECONDS);
    }

    @Test
    void loopInheritsNothingButTheClassLoader() throws Exception {
        LongSupplier nanos = WorkerBench.nanosOf(new HeldClock());
        Loop loop = new Loop(
                "test-loop",
                true,
                new LoopContext(nanos, new Jitter(() -> 0), new OutageLog(nanos), EngineListener.NONE));
        loop.add("part", null, () -> {
            look();
            return Duration.ofDays(1);
        });

        loop.start();

        assertThat(seen()).containsExactly(null, ofApplication);
        loop.stop();
    }

    @Test
    void threadOfJobsInheritsNothingButTheClassLoader() throws Exception {
        JobThreads threads = new JobThreads("test-job", 1);

        threads.execute(this::look);

        assertThat(seen()).containsExactly(null, ofApplication);
        threads.close();
    }
}
