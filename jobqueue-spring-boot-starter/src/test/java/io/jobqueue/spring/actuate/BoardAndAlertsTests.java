package io.jobqueue.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.jobqueue.JobFailedException;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.spring.autoconfigure.StarterContext;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the board and the alert rules under docs to what a real scrape contains. */
class BoardAndAlertsTests {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern METRIC = Pattern.compile("\\bjobqueue_[a-z_]+");
    private static final Pattern SELECTOR = Pattern.compile("(jobqueue_[a-z_]+)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(=~|!=|!~|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Pattern SAMPLE = Pattern.compile("^(jobqueue_[a-z_]+)(?:\\{([^}]*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** Every metric with the values of its labels. */
    private static Map<String, Map<String, Set<String>>> scrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Map<String, Map<String, Set<String>>> metrics = new HashMap<>();
        StarterContext.runner()
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
                .withBean(PrometheusMeterRegistry.class, () -> registry)
                .withBean(Mails.class)
                .withPropertyValues("jobqueue.defaults.backoff.initial=10ms")
                .run(context -> {
                    JobQueue jobs = context.getBean(JobQueue.class);
                    jobs.enqueueAndWait(JobRequest.of("good").build(), Void.class, Duration.ofSeconds(20));
                    assertThatExceptionOfType(JobFailedException.class)
                            .isThrownBy(() -> jobs.enqueueAndWait(
                                    JobRequest.of("bad").maxAttempts(2).build(), Void.class, Duration.ofSeconds(20)));
                    await().untilAsserted(() -> assertThat(registry.scrape())
                            .contains("outcome=\"failed\"", "outcome=\"retried\"", "outcome=\"completed\""));
                    registry.scrape().lines().forEach(line -> addSample(line, metrics));
                });
        return metrics;
    }

    private static void addSample(String line, Map<String, Map<String, Set<String>>> metrics) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.find()) {
            Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group(1), any -> new HashMap<>());
            Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
            while (label.find()) {
                labels.computeIfAbsent(label.group(1), any -> new HashSet<>()).add(label.group(2));
            }
        }
    }

    private static List<String> expressionsOfTheAlerts() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml().load(Files.readString(DOCS.resolve("prometheus/jobqueue-alerts.yml")));
        List<String> expressions = new ArrayList<>();
        for (Map<String, List<Map<String, Object>>> group : file.getOrDefault("groups", List.of())) {
            for (Map<String, Object> rule : group.getOrDefault("rules", List.of())) {
                assertThat(rule).containsKeys("alert", "expr", "labels", "annotations");
                expressions.add(String.valueOf(rule.get("expr")));
            }
        }
        return expressions;
    }

    private static List<String> expressionsOfTheBoard() throws IOException {
        JsonNode board = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("grafana/jobqueue.json")));
        List<String> expressions = new ArrayList<>();
        board.path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> expressions.add(target.path("expr").asString())));
        return expressions;
    }

    /** Returns what an expression uses and the scrape does not have. */
    private static Set<String> missing(String expression, Map<String, Map<String, Set<String>>> scrape) {
        Set<String> missing = new TreeSet<>();
        Set<String> labels = new HashSet<>();
        Matcher metric = METRIC.matcher(expression);
        while (metric.find()) {
            if (!scrape.containsKey(metric.group())) {
                missing.add(metric.group());
            }
            labels.addAll(scrape.getOrDefault(metric.group(), Map.of()).keySet());
        }
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            Map<String, Set<String>> known = scrape.getOrDefault(selector.group(1), Map.of());
            Matcher matcher = MATCHER.matcher(selector.group(2));
            while (matcher.find()) {
                missing.addAll(unknown(matcher.group(1), matcher.group(3), known));
            }
        }
        Matcher grouping = GROUPING.matcher(expression);
        while (grouping.find()) {
            for (String label : grouping.group(1).split(",\\s*", -1)) {
                if (!labels.contains(label.strip())) {
                    missing.add("label " + label);
                }
            }
        }
        return missing;
    }

    private static Set<String> unknown(String label, String wanted, Map<String, Set<String>> known) {
        Set<String> unknown = new TreeSet<>();
        Set<String> values = known.get(label);
        if (values == null) {
            unknown.add("label " + label);
        } else if (!wanted.startsWith("$")) {
            for (String value : wanted.split("\\|", -1)) {
                if (!values.contains(value)) {
                    unknown.add(label + "=" + value);
                }
            }
        }
        return unknown;
    }

    @Test
    void everythingTheBoardAndTheAlertsUseIsInAScrape() throws IOException {
        Map<String, Map<String, Set<String>>> scrape = scrape();
        List<String> expressions = new ArrayList<>(expressionsOfTheAlerts());
        expressions.addAll(expressionsOfTheBoard());

        assertThat(expressions).hasSizeGreaterThan(25).allSatisfy(expression -> {
            assertThat(expression).containsPattern(METRIC);
            assertThat(missing(expression, scrape)).as(expression).isEmpty();
        });
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String page = Files.readString(DOCS.resolve("operations.md"));
        Matcher alert = Pattern.compile("alert: (\\w+)")
                .matcher(Files.readString(DOCS.resolve("prometheus/jobqueue-alerts.yml")));
        int alerts = 0;
        while (alert.find()) {
            alerts++;
            assertThat(page).contains("| `" + alert.group(1) + "` |");
        }

        assertThat(alerts).isEqualTo(10);
    }

    @Test
    void misspeltNamesLabelsAndValuesWouldBeFound() {
        Map<String, Map<String, Set<String>>> scrape =
                Map.of("jobqueue_queue_jobs", Map.of("queue", Set.of("mails"), "state", Set.of("waiting")));

        assertThat(missing("max by (queue) (jobqueue_queue_jobs{state=\"waiting\"})", scrape))
                .isEmpty();
        assertThat(missing("max by (kueue) (jobqueue_queue_job{state=\"waiting\"})", scrape))
                .contains("jobqueue_queue_job", "label kueue");
        assertThat(missing("jobqueue_queue_jobs{state=~\"waiting|ready\",place=\"x\"}", scrape))
                .containsExactly("label place", "state=ready");
    }

    static class Mails {

        @JobHandler(type = "good", queue = "mails")
        void good() {}

        @JobHandler(type = "bad", queue = "mails")
        void bad() {
            throw new IllegalStateException("bad");
        }
    }
}
