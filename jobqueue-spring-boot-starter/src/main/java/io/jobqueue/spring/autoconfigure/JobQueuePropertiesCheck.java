package io.jobqueue.spring.autoconfigure;

import io.jobqueue.Attempt;
import io.jobqueue.Backoff;
import io.jobqueue.Durations;
import io.jobqueue.InvalidJobException;
import io.jobqueue.Names;
import io.jobqueue.engine.DurabilitySettings;
import io.jobqueue.engine.JobSettings;
import io.jobqueue.engine.QueueSettings;
import io.jobqueue.engine.RetentionLimits;
import io.jobqueue.engine.StallSettings;
import io.jobqueue.store.redis.RedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;

/** Checks the ranges of the properties and reports each offence at the property it belongs to. */
final class JobQueuePropertiesCheck {

    private static final DataSize LARGEST_PAYLOAD = DataSize.ofMegabytes(64);

    private final Errors errors;

    JobQueuePropertiesCheck(Errors errors) {
        this.errors = errors;
    }

    void check(JobQueueProperties properties) {
        store(properties.store().redis());
        check("encryption", properties.encryption(), EncryptionProperties::cipher);
        check("producer.max-payload-size", properties.producer().maxPayloadSize(), size -> {
            if (size.toBytes() < 1 || size.compareTo(LARGEST_PAYLOAD) > 0) {
                throw new InvalidJobException("must be 1B to " + LARGEST_PAYLOAD.toMegabytes() + "MB");
            }
        });
        check(
                "worker.name",
                properties.worker().name(),
                name -> Names.require("worker name", name, Attempt.MAX_WORKER));
        notNegative("worker.shutdown-timeout", properties.worker().shutdownTimeout());
        notNegative("worker.interrupt-grace", properties.worker().interruptGrace());
        positive("worker.claim-wait", properties.worker().claimWait());
        positive("metrics.queue-interval", properties.metrics().queueInterval());
        queue("defaults", properties.defaults(), Backoff.DEFAULT);
        int before = errors.getErrorCount();
        Backoff base =
                before == 0 ? RetrySettings.backoff(properties.defaults().backoff(), Backoff.DEFAULT) : Backoff.DEFAULT;
        properties.queues().forEach((name, queue) -> {
            String path = "queues[" + name + "]";
            check(path, queue, any -> Names.require("queue", name));
            queue(path, queue, base);
        });
    }

    private void store(JobQueueProperties.Redis redis) {
        servers(redis);
        check(
                "store.redis.port",
                redis.port(),
                value -> RedisConnection.builder().port(value));
        check(
                "store.redis.database",
                redis.database(),
                value -> RedisConnection.builder().database(value));
        check(
                "store.redis.command-timeout",
                redis.commandTimeout(),
                value -> RedisConnection.builder().commandTimeout(value));
        check(
                "store.redis.connect-timeout",
                redis.connectTimeout(),
                value -> RedisConnection.builder().connectTimeout(value));
        check(
                "store.redis.cluster.max-redirects",
                redis.cluster().maxRedirects(),
                value -> RedisConnection.builder().maxRedirects(value));
        check(
                "store.redis.client-name",
                redis.clientName(),
                value -> RedisConnection.builder().clientName(value));
        check("store.redis.pool.max-total", redis.pool().maxTotal(), most -> {
            if (most < 1) {
                throw new InvalidJobException("must be at least 1");
            }
        });
        positive("store.redis.pool.max-wait", redis.pool().maxWait());
    }

    private void servers(JobQueueProperties.Redis redis) {
        JobQueueProperties.Sentinel sentinel = redis.sentinel();
        boolean watched = sentinel.master() != null
                || !sentinel.nodes().isEmpty()
                || sentinel.username() != null
                || sentinel.password() != null;
        if (watched) {
            check(
                    "store.redis.sentinel.master",
                    Objects.toString(sentinel.master(), ""),
                    name -> Names.require("name of the master", name));
            check(
                    "store.redis.sentinel.nodes",
                    sentinel.nodes(),
                    nodes -> RedisConnection.builder().sentinel("any", nodes));
        }
        List<String> nodes = redis.cluster().nodes();
        if (!nodes.isEmpty()) {
            check(
                    "store.redis.cluster.nodes",
                    nodes,
                    seeds -> RedisConnection.builder().cluster(seeds));
            check("store.redis.database", redis.database(), database -> {
                if (database != 0) {
                    throw new InvalidJobException("a cluster has only database 0; use a key-prefix instead");
                }
            });
        }
        boolean url = StringUtils.hasText(redis.url());
        boolean one = StringUtils.hasText(redis.host()) || redis.port() != null;
        oneOf(redis.port() != null ? "store.redis.port" : "store.redis.host", one, url || watched || !nodes.isEmpty());
        oneOf("store.redis.sentinel.nodes", watched, url || one || !nodes.isEmpty());
        oneOf("store.redis.cluster.nodes", !nodes.isEmpty(), url || one || watched);
    }

    private void oneOf(String path, boolean given, boolean othersGiven) {
        if (given && othersGiven) {
            errors.rejectValue(path, "one", "give only one of url, host and port, sentinel, and cluster");
        }
    }

    private void queue(String path, JobQueueProperties.Queue queue, Backoff base) {
        check(path + ".concurrency", queue.concurrency(), value -> new QueueSettings(value, null, JobSettings.NONE));
        check(path + ".lease", queue.lease(), value -> new QueueSettings(null, value, JobSettings.NONE));
        check(
                path + ".max-attempts",
                queue.maxAttempts(),
                value -> new JobSettings(value, null, null, null, null, null));
        check(path + ".partitions", queue.partitions(), QueueSettings.NONE::withPartitions);
        check(path + ".types", queue.types(), QueueSettings.NONE::withTypes);
        check(path + ".durability-timeout", queue.durabilityTimeout(), value -> new DurabilitySettings(null, value));
        positive(path + ".timeout", queue.timeout());
        throwables(path + ".no-retry-for", queue.noRetryFor());
        throwables(path + ".retry-for", queue.retryFor());
        check(path + ".max-crashes", queue.maxCrashes(), value -> new StallSettings(null, value));
        notNegative(path + ".retention.completed", queue.retention().completed());
        notNegative(path + ".retention.failed", queue.retention().failed());
        notNegative(path + ".retention.cancelled", queue.retention().cancelled());
        limits(path + ".retention", queue.retention());
        backoff(path + ".backoff", queue.backoff(), base);
    }

    private void limits(String path, JobQueueProperties.Retention retention) {
        check(path + ".max-completed", retention.maxCompleted(), most -> new RetentionLimits(most, null, null));
        check(path + ".max-failed", retention.maxFailed(), most -> new RetentionLimits(null, most, null));
        check(path + ".max-cancelled", retention.maxCancelled(), most -> new RetentionLimits(null, null, most));
    }

    private void backoff(String path, JobQueueProperties.Backoff backoff, Backoff base) {
        int before = errors.getErrorCount();
        check(path + ".initial", backoff.initial(), value -> new Backoff(value, 1, Durations.LONGEST, 0));
        check(path + ".multiplier", backoff.multiplier(), value -> new Backoff(Duration.ZERO, value, Duration.ZERO, 0));
        check(
                path + ".increment",
                backoff.increment(),
                value -> new Backoff(Duration.ZERO, 1, value, Duration.ZERO, 0));
        check(path + ".max", backoff.max(), value -> new Backoff(Duration.ZERO, 1, value, 0));
        check(path + ".jitter", backoff.jitter(), value -> new Backoff(Duration.ZERO, 1, Duration.ZERO, value));
        if (errors.getErrorCount() == before) {
            check(
                    path + (backoff.max() != null ? ".max" : ".initial"),
                    backoff,
                    value -> RetrySettings.backoff(value, base));
        }
    }

    /** Binding does not see what the classes must extend. */
    private void throwables(String path, @Nullable Set<? extends Class<?>> types) {
        check(
                path,
                types,
                all -> all.forEach(type -> {
                    if (!Throwable.class.isAssignableFrom(type)) {
                        throw new InvalidJobException(type.getName() + " can never be thrown; name exception classes");
                    }
                }));
    }

    private void positive(String path, @Nullable Duration value) {
        check(path, value, duration -> Durations.requirePositive("duration", duration));
    }

    private void notNegative(String path, @Nullable Duration value) {
        check(path, value, duration -> Durations.requireZeroOrMore("duration", duration));
    }

    private <T> void check(String path, @Nullable T value, Consumer<T> rule) {
        if (value != null) {
            try {
                rule.accept(value);
            } catch (InvalidJobException e) {
                errors.rejectValue(path, "range", String.valueOf(e.getMessage()));
            }
        }
    }
}
