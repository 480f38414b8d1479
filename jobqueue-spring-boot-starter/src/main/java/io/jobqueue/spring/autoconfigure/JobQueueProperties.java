package io.jobqueue.spring.autoconfigure;

import io.jobqueue.Durability;
import io.jobqueue.StallPolicy;
import io.jobqueue.engine.QueueOrder;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * What the environment says about the job queue. An unknown property, and a value out of its range, stop the start.
 *
 * @param enabled Whether the job queue is configured at all.
 * @param store Where jobs are kept.
 * @param encryption How payloads and results are encrypted.
 * @param producer How jobs are enqueued.
 * @param worker How jobs are run.
 * @param observation How enqueues and runs are observed.
 * @param metrics How the queues are metered.
 * @param events What is published to the listeners of the application.
 * @param defaults Settings of every queue that has none of its own.
 * @param queues Settings of single queues by name; they win over the defaults and over the handlers' annotations.
 */
@ConfigurationProperties(prefix = "jobqueue", ignoreUnknownFields = false)
public record JobQueueProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Store store,
        @DefaultValue @NestedConfigurationProperty EncryptionProperties encryption,
        @DefaultValue Producer producer,
        @DefaultValue Worker worker,
        @NestedConfigurationProperty @DefaultValue JobQueueObservationProperties observation,
        @NestedConfigurationProperty @DefaultValue JobQueueMetricsProperties metrics,
        @NestedConfigurationProperty @DefaultValue JobQueueEventProperties events,
        @DefaultValue Queue defaults,
        @DefaultValue Map<String, Queue> queues)
        implements Validator {

    @Override
    public boolean supports(Class<?> type) {
        return type == JobQueueProperties.class;
    }

    /** Checks the ranges by the engine's own rules, so that they hold without a Bean Validation provider. */
    @Override
    public void validate(Object target, Errors errors) {
        new JobQueuePropertiesCheck(errors).check((JobQueueProperties) target);
    }

    /** The kinds of store. */
    public enum StoreType {
        /** In the memory of the process: for trying out and for tests. Jobs do not survive a restart. */
        MEMORY,
        /** In Redis or Valkey. */
        REDIS
    }

    /**
     * Where jobs are kept.
     *
     * @param type Where jobs are kept. Without it, in memory: jobs do not survive a restart.
     * @param redis The Redis or Valkey store.
     */
    public record Store(
            @Nullable StoreType type, @DefaultValue Redis redis) {}

    /**
     * The Redis or Valkey store.
     *
     * @param url URL of the server, such as redis://user:password@host:6379/0, or rediss:// for TLS. Without it,
     *     the server that spring.data.redis names when Spring Data Redis is present, else the environment
     *     variable REDIS_URL, else redis://localhost:6379.
     * @param host Host of the server, in place of the URL.
     * @param port Port of the server, in place of the URL. Without it, 6379.
     * @param username User, in place of the one of the URL or of spring.data.redis.
     * @param password Password, in place of the one of the URL or of spring.data.redis.
     * @param database Number of the database, in place of the one of the URL or of spring.data.redis.
     * @param sentinel The Sentinels that know the server, in place of the URL.
     * @param cluster The cluster, in place of the URL.
     * @param keyPrefix Prefix of every key, so that several queues of jobs can share a database.
     * @param commandTimeout Time the server has to answer. Without it, spring.data.redis.timeout, else two seconds.
     * @param connectTimeout Time connecting may take. Without it, spring.data.redis.connect-timeout, else that of a command.
     * @param clientName Name of the connections in the server's client list. Without it, spring.data.redis.client-name,
     *     else jobqueue.
     * @param failFast Whether the application refuses to start when the server cannot be reached.
     * @param acceptEviction Whether jobs may be kept on a server whose maxmemory-policy is not noeviction. With one that
     *     begins with volatile- no job is lost, with any other jobs may be.
     * @param acceptPlainText Whether servers on other machines are spoken to without TLS and without a warning, because
     *     nobody else is on that network.
     * @param ssl How TLS is used.
     * @param pool The pool of connections.
     */
    public record Redis(
            @Nullable String url,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String username,
            @Nullable String password,
            @Nullable Integer database,
            @DefaultValue Sentinel sentinel,
            @DefaultValue Cluster cluster,
            @DefaultValue("jq") String keyPrefix,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration commandTimeout,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration connectTimeout,
            @Nullable String clientName,
            @DefaultValue("false") boolean failFast,
            @DefaultValue("false") boolean acceptEviction,
            @DefaultValue("false") boolean acceptPlainText,
            @DefaultValue Ssl ssl,
            @DefaultValue Pool pool) {

        /** Leaves URL and password out. */
        @Override
        public String toString() {
            return "Redis[url=" + (url == null ? "none" : "given") + ", keyPrefix=" + keyPrefix + ", clientName="
                    + clientName + "]";
        }
    }

    /**
     * How TLS is used.
     *
     * @param enabled Whether TLS is used also when neither a bundle nor rediss:// asks for it, with the authorities that the
     *     JVM trusts.
     * @param bundle SSL bundle with the authorities to trust and the certificate of the client. Turns TLS on. Without it,
     *     that of the JVM, or spring.data.redis.ssl.bundle with the server of spring.data.redis.
     * @param verifyHostname Whether the certificate of the server must name the host.
     */
    public record Ssl(
            @DefaultValue("false") boolean enabled,
            @Nullable String bundle,
            @DefaultValue("true") boolean verifyHostname) {}

    /**
     * The Sentinels that know which server is the master.
     *
     * @param master Name the Sentinels know the master by.
     * @param nodes Sentinels as host:port; some are enough. The port is 26379 when it is left out.
     * @param username User of the Sentinels themselves.
     * @param password Password of the Sentinels themselves.
     */
    public record Sentinel(
            @Nullable String master,
            @DefaultValue List<String> nodes,
            @Nullable String username,
            @Nullable String password) {

        /** Leaves the password out. */
        @Override
        public String toString() {
            return "Sentinel[master=" + master + ", nodes=" + nodes + "]";
        }
    }

    /**
     * The cluster that keeps the jobs.
     *
     * @param nodes Nodes of the cluster as host:port; some are enough. The port is 6379 when it is left out.
     * @param maxRedirects How often a call may be redirected. Without it, spring.data.redis.cluster.max-redirects, else 5.
     */
    public record Cluster(
            @DefaultValue List<String> nodes, @Nullable Integer maxRedirects) {}

    /**
     * The pool of connections.
     *
     * @param maxTotal Most connections that are open for commands.
     * @param maxWait Time a caller waits for a connection when all are in use.
     */
    public record Pool(
            @DefaultValue("16") int maxTotal,

            @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("2s")
            Duration maxWait) {}

    /**
     * How jobs are enqueued.
     *
     * @param maxPayloadSize Largest payload, as JSON, that an enqueue accepts, and largest result. A larger result fails its
     *     job for good, although the work is done.
     * @param transaction What an enqueue does with the transaction of its caller: wait for its commit, or nothing.
     */
    public record Producer(
            @DefaultValue("256KB") DataSize maxPayloadSize,
            @DefaultValue("after-commit") TransactionMode transaction) {}

    /**
     * How jobs are run.
     *
     * @param enabled Whether this process runs jobs. Otherwise it only enqueues them.
     * @param name Name of this process's workers in the history of jobs and in the directory of workers. Without it, host,
     *     process and a few random characters.
     * @param autoStartup Whether the workers start with the application.
     * @param phase Phase of the life cycle in which the workers start and stop. Higher phases start later and stop
     *     earlier.
     * @param shutdownTimeout Time running jobs have to end when the application stops, before they are interrupted
     *     and given back. Should stay below spring.lifecycle.timeout-per-shutdown-phase.
     * @param interruptGrace How long a handler may take to end after its timeout or a cancel has interrupted it. Its job
     *     is settled when the handler has ended, or after this time.
     * @param virtualThreads Whether handlers run on virtual threads, which need Java 21. Without it,
     *     spring.threads.virtual.enabled.
     * @param claimWait Time after which an idle worker looks for jobs although nothing told it to.
     * @param strictQueues Whether the application refuses to start when a handler claims from a queue that is not
     *     configured, or a configured queue has no handler in this process.
     */
    public record Worker(
            @DefaultValue("true") boolean enabled,
            @Nullable String name,
            @DefaultValue("true") boolean autoStartup,
            @DefaultValue("2147483547") int phase,

            @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("25s")
            Duration shutdownTimeout,

            @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5s")
            Duration interruptGrace,

            @Nullable Boolean virtualThreads,

            @DurationUnit(ChronoUnit.SECONDS) @DefaultValue("5s")
            Duration claimWait,

            @DefaultValue("false") boolean strictQueues) {}

    /**
     * Settings of a queue. What is not set is taken from the handler's annotation, then from the defaults.
     *
     * @param concurrency How many jobs of the queue this process runs at once.
     * @param lease How long a claim holds without renewal before another worker may take the job over. Counts where jobs run.
     * @param types Only types of jobs that this process claims. Without it, all.
     * @param order Order in which jobs of one priority run. Counts where jobs are enqueued.
     * @param durability What must have a job before its enqueue returns: none beside the store, replica(n) or aof. Counts where
     *     jobs are enqueued.
     * @param durabilityTimeout How long an enqueue waits for that, at most one minute. Counts where jobs are enqueued.
     * @param partitions In how many partitions the queue is, 1 to 64, the same in every process.
     * @param maxAttempts How many attempts a job has, the first included. Counts where jobs run.
     * @param timeout How long one attempt may run. Without it, as long as it takes. Counts where jobs run.
     * @param noRetryFor Classes of errors that fail a job at once. Goes before retry-for. Counts where jobs run.
     * @param retry Bean of type RetryPolicy that decides on further attempts, in place of backoff. Counts where jobs run.
     * @param retryFor Classes of errors that are retried, and no others. Without it, all. Counts where jobs run.
     * @param backoff Delays between the attempts.
     * @param stallPolicy What becomes of a job whose worker was lost: requeue, fail or mark-stale. Counts where jobs run.
     * @param maxCrashes How many workers may be lost under a job before it fails, when it is requeued. Counts where jobs run.
     * @param retention How long ended jobs are kept.
     */
    public record Queue(
            @Nullable Integer concurrency,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration lease,
            @Nullable Set<String> types,
            @Nullable QueueOrder order,
            @Nullable Integer partitions,
            @Nullable Durability durability,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration durabilityTimeout,
            @Nullable Integer maxAttempts,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration timeout,
            @Nullable Set<Class<? extends Throwable>> noRetryFor,
            @Nullable Set<Class<? extends Throwable>> retryFor,
            @Nullable String retry,
            @DefaultValue Backoff backoff,
            @Nullable StallPolicy stallPolicy,
            @Nullable Integer maxCrashes,
            @DefaultValue Retention retention) {}

    /**
     * Delays between the attempts of a job.
     *
     * @param initial Delay after the first failed attempt. Counts where jobs run.
     * @param multiplier Factor by which the delay grows from attempt to attempt. Counts where jobs run.
     * @param increment What every further attempt adds to the delay, beside the factor. Counts where jobs run.
     * @param max Longest delay, before jitter. Counts where jobs run.
     * @param jitter Largest random addition, as a part of the delay from 0 to 1. Counts where jobs run.
     */
    public record Backoff(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration initial,
            @Nullable Double multiplier,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration increment,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration max,
            @Nullable Double jitter) {}

    /**
     * How long ended jobs are kept, and how many; a time of zero removes them at once.
     *
     * @param completed How long a completed job and its result are kept. Zero removes it at once. Counts where jobs run.
     * @param failed How long a failed job is kept. Zero removes it at once. Counts where jobs run.
     * @param cancelled How long a cancelled job is kept. Zero removes it at once. Counts where jobs run or are cancelled.
     * @param maxCompleted How many completed jobs are kept. Without it, any number. Counts where jobs run.
     * @param maxFailed How many failed jobs are kept. Without it, any number. Counts where jobs run.
     * @param maxCancelled How many cancelled jobs are kept. Without it, any number. Counts where jobs run.
     */
    public record Retention(
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration completed,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration failed,
            @DurationUnit(ChronoUnit.SECONDS) @Nullable Duration cancelled,
            @Nullable Integer maxCompleted,
            @Nullable Integer maxFailed,
            @Nullable Integer maxCancelled) {}
}
