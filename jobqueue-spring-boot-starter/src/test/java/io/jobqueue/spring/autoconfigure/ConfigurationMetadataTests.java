package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Backoff;
import io.jobqueue.Durability;
import io.jobqueue.RetryPolicy;
import io.jobqueue.StallPolicy;
import io.jobqueue.engine.QueueOrder;
import io.jobqueue.engine.QueueSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationMetadataTests {

    /** Properties that say nothing until they are set. */
    private static final Set<String> OPEN = Set.of(
            "jobqueue.queues",
            "jobqueue.encryption.keys",
            "jobqueue.encryption.primary",
            "jobqueue.defaults.timeout",
            "jobqueue.defaults.no-retry-for",
            "jobqueue.defaults.retry",
            "jobqueue.defaults.retry-for",
            "jobqueue.defaults.types",
            "jobqueue.defaults.retention.max-completed",
            "jobqueue.defaults.retention.max-failed",
            "jobqueue.defaults.retention.max-cancelled",
            "jobqueue.worker.name",
            "jobqueue.worker.virtual-threads",
            "jobqueue.store.type",
            "jobqueue.store.redis.url",
            "jobqueue.store.redis.host",
            "jobqueue.store.redis.ssl.bundle",
            "jobqueue.store.redis.username",
            "jobqueue.store.redis.password",
            "jobqueue.store.redis.database",
            "jobqueue.store.redis.sentinel.master",
            "jobqueue.store.redis.sentinel.nodes",
            "jobqueue.store.redis.sentinel.username",
            "jobqueue.store.redis.sentinel.password",
            "jobqueue.store.redis.cluster.nodes",
            "jobqueue.store.redis.connect-timeout",
            "jobqueue.store.redis.command-timeout");

    private final Map<String, JsonNode> properties = properties();

    @Test
    void everyPropertyIsDescribedInOneOrMoreSentences() {
        assertThat(properties).hasSizeGreaterThan(25);
        properties.forEach(
                (name, property) -> assertThat(property.path("description").asString(""))
                        .as(name)
                        .matches("(?s)[A-Z].*\\.")
                        .doesNotStartWith("The ")
                        .doesNotStartWith("A "));
    }

    /** The processor looks for the beginning of a name in the record's comment, and finds retryFor when that stands before retry. */
    @Test
    void noPropertyIsDescribedAsOneWhoseNameGoesOn() {
        properties.forEach((name, property) -> properties.keySet().stream()
                .filter(other -> other.startsWith(name + "-"))
                .map(other -> Arrays.stream(other.substring(name.length() + 1).split("-", -1))
                        .map(StringUtils::capitalize)
                        .collect(Collectors.joining()))
                .forEach(rest -> assertThat(property.path("description").asString(""))
                        .as(name)
                        .doesNotStartWith(rest + " ")));
        assertThat(property("jobqueue.defaults.retry").path("description").asString())
                .contains("RetryPolicy");
    }

    @Test
    void everyKeyOfTheTreeIsInTheMetadata() {
        Set<String> keys = new TreeSet<>();
        addKeys("jobqueue", JobQueueProperties.class, keys);

        assertThat(properties.keySet())
                .filteredOn(name -> name.startsWith("jobqueue."))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    private static void addKeys(String path, Class<?> type, Set<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = path + "." + DataObjectPropertyName.toDashedForm(component.getName());
            if (component.getType().isRecord() && component.getType().getPackage() == type.getPackage()) {
                addKeys(name, component.getType(), keys);
            } else {
                keys.add(name);
            }
        }
    }

    @Test
    void everyHintIsOfAKeyThereIs() {
        Set<String> hinted = new TreeSet<>();
        metadata().path("hints").forEach(hint -> hinted.add(hint.path("name").asString()));

        assertThat(hinted)
                .contains("jobqueue.defaults.retry", "jobqueue.defaults.durability", "jobqueue.queues.keys")
                .allSatisfy(name -> assertThat(properties).containsKey(name.replaceFirst("\\.keys$", "")));
    }

    @Test
    void retryIsHintedByTheBeansOfItsType() {
        JsonNode hint = metadata()
                .path("hints")
                .valueStream()
                .filter(each -> each.path("name").asString().equals("jobqueue.defaults.retry"))
                .findFirst()
                .orElseThrow();

        JsonNode provider = hint.path("providers").get(0);
        assertThat(provider.path("name").asString()).isEqualTo("spring-bean-reference");
        assertThat(provider.path("parameters").path("target").asString()).isEqualTo(RetryPolicy.class.getName());
    }

    @Test
    void enumsAreHintedByTheirTypes() {
        assertThat(property("jobqueue.store.type").path("type").asString())
                .isEqualTo(JobQueueProperties.StoreType.class.getName());
        assertThat(property("jobqueue.defaults.order").path("type").asString()).isEqualTo(QueueOrder.class.getName());
        assertThat(property("jobqueue.defaults.stall-policy").path("type").asString())
                .isEqualTo(StallPolicy.class.getName());
    }

    @Test
    void booleansAreDescribedAsWhether() {
        properties.forEach((name, property) -> {
            if (property.path("type").asString("").equals("java.lang.Boolean")) {
                assertThat(property.path("description").asString("")).as(name).startsWith("Whether ");
            }
        });
    }

    @Test
    void everyPropertyButTheOpenOnesHasADefault() {
        Set<String> without = new TreeSet<>();
        properties.forEach((name, property) -> {
            if (!property.has("defaultValue")) {
                without.add(name);
            }
        });
        assertThat(without).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void defaultsAreTheBuiltInOnes() {
        assertThat(number("concurrency")).isEqualTo(QueueSettings.BUILT_IN.concurrency());
        assertThat(duration("lease")).isEqualTo(QueueSettings.BUILT_IN.lease());
        assertThat(number("max-attempts"))
                .isEqualTo(QueueSettings.BUILT_IN.jobs().maxAttempts());
        assertThat(number("max-crashes"))
                .isEqualTo(QueueSettings.BUILT_IN.stall().maxCrashes());
        assertThat(Durability.of(defaultOf("durability").asString()))
                .isEqualTo(QueueSettings.BUILT_IN.durability().durability());
        assertThat(duration("durability-timeout"))
                .isEqualTo(QueueSettings.BUILT_IN.durability().timeout());
        assertThat(ApplicationConversionService.getSharedInstance()
                        .convert(defaultOf("stall-policy").asString(), StallPolicy.class))
                .isEqualTo(QueueSettings.BUILT_IN.stall().policy());
        assertThat(duration("retention.completed"))
                .isEqualTo(QueueSettings.BUILT_IN.jobs().completedRetention());
        assertThat(duration("retention.failed"))
                .isEqualTo(QueueSettings.BUILT_IN.jobs().failedRetention());
        assertThat(duration("retention.cancelled"))
                .isEqualTo(QueueSettings.BUILT_IN.jobs().cancelledRetention());
        assertThat(new Backoff(
                        duration("backoff.initial"),
                        defaultOf("backoff.multiplier").asDouble(),
                        duration("backoff.increment"),
                        duration("backoff.max"),
                        defaultOf("backoff.jitter").asDouble()))
                .isEqualTo(Backoff.DEFAULT);
    }

    private int number(String name) {
        return defaultOf(name).asInt();
    }

    private Duration duration(String name) {
        return Objects.requireNonNull(ApplicationConversionService.getSharedInstance()
                .convert(defaultOf(name).asString(), Duration.class));
    }

    private JsonNode defaultOf(String name) {
        return property("jobqueue.defaults." + name).path("defaultValue");
    }

    private JsonNode property(String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }

    private static Map<String, JsonNode> properties() {
        Map<String, JsonNode> properties = new TreeMap<>();
        metadata()
                .path("properties")
                .forEach(property -> properties.put(property.path("name").asString(), property));
        return properties;
    }

    private static JsonNode metadata() {
        try (InputStream metadata = JobQueueProperties.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json")
                .asIterator()
                .next()
                .openStream()) {
            return JsonMapper.shared().readTree(metadata);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
