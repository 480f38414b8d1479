package io.jobqueue.benchmarks.peers;

import com.github.sonus21.rqueue.annotation.RqueueListener;
import com.github.sonus21.rqueue.core.RqueueEndpointManager;
import com.github.sonus21.rqueue.core.RqueueMessageEnqueuer;
import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import java.util.Map;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Rqueue, tuned: it polls every millisecond, fetches as many as it has slots, and keeps no record of jobs. */
final class RqueuePeer implements Peer {

    private final String url;

    RqueuePeer(String url) {
        this.url = url;
    }

    @Override
    public String version() {
        return Versions.of(RqueueListener.class) + " on " + Versions.of(SpringApplicationBuilder.class) + ", "
                + Versions.java();
    }

    private SpringApplicationBuilder application(Map<String, Object> more) {
        return new SpringApplicationBuilder(RqueueApplication.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.data.redis.url", url,
                        "spring.main.banner-mode", "off",
                        "rqueue.job.enabled", "false",
                        "rqueue.latest.version.check.enabled", "false",
                        "rqueue.web.collect.listener.stats", "false"))
                .properties(more);
    }

    @Override
    public Producer producer(String queue) {
        ConfigurableApplicationContext context =
                application(Map.of("rqueue.system.mode", "PRODUCER")).run();
        context.getBean(RqueueEndpointManager.class).registerQueue(queue);
        RqueueMessageEnqueuer enqueuer = context.getBean(RqueueMessageEnqueuer.class);
        return new Producer() {
            @Override
            public void enqueue(String payload) {
                if (enqueuer.enqueue(queue, new RqueueJob(payload)) == null) {
                    throw new IllegalStateException("Rqueue did not enqueue");
                }
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    @Override
    public Consumer consumer(String queue, int slots, boolean keep, Handler handler) {
        SpringApplicationBuilder application = application(Map.of("bench.queue", queue, "bench.slots", slots))
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(RqueueHandling.class, () -> new RqueueHandling(handler)));
        return new ContextConsumer(application.run());
    }

    @Override
    public void close() {
        // Every context is closed by who opened it.
    }
}
