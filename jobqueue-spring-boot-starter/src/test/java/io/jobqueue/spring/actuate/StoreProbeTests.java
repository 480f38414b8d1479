package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StoreProbeTests {

    private static final Duration SHORT = Duration.ofMillis(20);

    @Test
    void storeThatHangsIsAskedOnceHoweverOftenItIsProbed() throws Exception {
        try (BrokenStore store = new BrokenStore()) {
            StoreProbe probe = new StoreProbe(store);
            store.hang();
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> probe.ask(List.of(), SHORT));
            }
            assertThat(store.asked()).isLessThanOrEqualTo(1);

            store.heal();

            assertThat(probe.ask(List.of("mails"), Duration.ofSeconds(10))
                            .info()
                            .kind())
                    .isEqualTo("memory");
        }
    }

    @Test
    void probeInheritsNothingButTheClassLoader() throws Exception {
        InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ClassLoader ofApplication = new URLClassLoader(new URL[0], loader);
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (BrokenStore store = new BrokenStore()) {
            store.whenAsked(() -> {
                seen.add(String.valueOf(tenant.get()));
                seen.add(Thread.currentThread().getContextClassLoader());
            });
            tenant.set("acme");
            Thread.currentThread().setContextClassLoader(ofApplication);

            new StoreProbe(store).ask(List.of(), Duration.ofSeconds(10));

            assertThat(seen).containsExactly("null", ofApplication);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
            tenant.remove();
        }
    }
}
