package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.engine.JobEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/** Asks the actuator of running samples over HTTP. */
class ActuatorTests {

    private static ConfigurableApplicationContext sample(String... properties) {
        return new SpringApplicationBuilder(SampleApplication.class)
                .properties("server.port=0", "sample.directory=target/sample-tests/actuator")
                .run(arguments(properties));
    }

    private static String[] arguments(String... properties) {
        String[] arguments = new String[properties.length + 1];
        arguments[0] = "--server.port=0";
        for (int i = 0; i < properties.length; i++) {
            arguments[i + 1] = "--" + properties[i];
        }
        return arguments;
    }

    private static Answer ask(ConfigurableApplicationContext sample, String path) {
        return client(sample).get(path);
    }

    private static SampleClient client(ConfigurableApplicationContext sample) {
        return new SampleClient(port(sample));
    }

    private static int port(ConfigurableApplicationContext sample) {
        return Integer.parseInt(sample.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private static int change(ConfigurableApplicationContext sample, String queue, String action) {
        return RestClient.create("http://localhost:" + port(sample))
                .post()
                .uri("/actuator/jobqueue/{queue}", queue)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("action", action))
                .exchange((request, response) -> response.getStatusCode().value());
    }

    @Test
    void endpointIsReadOnlyUnlessItsAccessIsUnrestricted() {
        try (ConfigurableApplicationContext sample =
                sample("management.endpoints.web.exposure.include=health,jobqueue")) {
            Answer all = ask(sample, "/actuator/jobqueue");

            assertThat(all.status()).isEqualTo(200);
            assertThat(all.json()).containsKeys("worker", "running", "store", "queues", "handlers");
            assertThat(ask(sample, "/actuator/jobqueue/thumbnails").json()).containsEntry("paused", false);
            assertThat(ask(sample, "/actuator/jobqueue/nowhere").status()).isEqualTo(404);
            assertThat(change(sample, "thumbnails", "pause")).isIn(404, 405);
            assertThat(change(sample, "thumbnails", "drain")).isIn(404, 405);
            assertThat(ask(sample, "/actuator/jobqueue/thumbnails").json()).containsEntry("paused", false);
        }
    }

    @Test
    void endpointPausesResumesAndDrainsWithUnrestrictedAccess() {
        try (ConfigurableApplicationContext sample = sample(
                "management.endpoints.web.exposure.include=jobqueue",
                "management.endpoint.jobqueue.access=unrestricted")) {
            assertThat(change(sample, "thumbnails", "pause")).isEqualTo(200);
            assertThat(ask(sample, "/actuator/jobqueue/thumbnails").json()).containsEntry("paused", true);
            assertThat(change(sample, "thumbnails", "resume")).isEqualTo(200);
            assertThat(ask(sample, "/actuator/jobqueue/thumbnails").json()).containsEntry("paused", false);
            assertThat(change(sample, "thumbnails", "drain")).isEqualTo(200);
            assertThat(change(sample, "nowhere", "drain")).isEqualTo(404);
            assertThat(change(sample, "thumbnails", "obliterate")).isEqualTo(400);
        }
    }

    @Test
    void endpointIsHiddenUnlessItIsExposed() {
        try (ConfigurableApplicationContext sample = sample("management.endpoints.web.exposure.include=health")) {
            assertThat(ask(sample, "/actuator/jobqueue").status()).isEqualTo(404);
        }
    }

    @Test
    void sampleShowsItsQueuesAndLetsPrometheusScrapeThem() {
        try (ConfigurableApplicationContext sample = sample()) {
            assertThat(ask(sample, "/actuator/jobqueue/thumbnails").json()).containsEntry("paused", false);
            assertThat(RestClient.create("http://localhost:" + port(sample))
                            .get()
                            .uri("/actuator/prometheus")
                            .retrieve()
                            .body(String.class))
                    .contains("jobqueue_queue_backlog{", "queue=\"thumbnails\"");
        }
    }

    @Test
    void readinessFollowsTheWorkersWhereItIsAskedToAndLivenessNever() {
        try (ConfigurableApplicationContext sample = sample(
                "management.endpoint.health.probes.enabled=true",
                "management.endpoint.health.group.readiness.include=readinessState,jobQueue")) {
            int ready = ask(sample, "/actuator/health/readiness").status();
            sample.getBean(JobEngine.class).stop();

            assertThat(ready).isEqualTo(200);
            assertThat(ask(sample, "/actuator/health/readiness").status()).isEqualTo(503);
            assertThat(ask(sample, "/actuator/health/liveness").status()).isEqualTo(200);
        }
    }
}
