package io.jobqueue.benchmarks.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServer;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.StorageProvider;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson.JacksonJsonMapper;

/** JobRunr on PostgreSQL, polling every 5 s, the shortest it advises. Succeeded jobs are kept for 36 hours. */
final class JobRunrPeer implements Peer {

    private static final Duration POLLING = Duration.ofSeconds(5);

    private final HikariDataSource source;
    private final StorageProvider storage;
    private final JacksonJsonMapper mapper = new JacksonJsonMapper();

    JobRunrPeer(String url) {
        source = Postgres.connect(url);
        storage = SqlStorageProviderFactory.using(source);
        storage.setJobMapper(new org.jobrunr.jobs.mappers.JobMapper(mapper));
    }

    @Override
    public String version() {
        return Versions.of(JobRequestScheduler.class) + ", " + Versions.java();
    }

    @Override
    public Producer producer(String queue) {
        JobRequestScheduler scheduler = new JobRequestScheduler(storage);
        return new Producer() {
            @Override
            public void enqueue(String payload) {
                scheduler.enqueue(new JobRunrTask(payload));
            }

            @Override
            public void enqueueAll(List<String> payloads) {
                scheduler.enqueue(payloads.stream().map(JobRunrTask::new));
            }

            @Override
            public void close() {
                // The storage is closed with the peer.
            }
        };
    }

    @Override
    public Consumer consumer(String queue, int slots, boolean keep, Handler handler) {
        JobActivator activator = new JobActivator() {
            @Override
            public <T> T activateJob(Class<T> type) {
                return type.cast(new JobRunrTask.Runner(handler));
            }
        };
        BackgroundJobServer server = new BackgroundJobServer(
                storage,
                mapper,
                activator,
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(slots)
                        .andPollInterval(POLLING));
        return new Consumer() {
            @Override
            public void start() {
                server.start();
            }

            @Override
            public void close() {
                server.stop();
            }
        };
    }

    @Override
    public void clear() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate table jobrunr_jobs");
        }
    }

    @Override
    public void close() {
        storage.close();
        source.close();
    }
}
