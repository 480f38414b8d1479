package io.jobqueue.benchmarks.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import io.jobqueue.benchmarks.driver.Consumer;
import io.jobqueue.benchmarks.driver.Peer;
import io.jobqueue.benchmarks.driver.Producer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** db-scheduler on PostgreSQL: lock-and-fetch, polling every 100 ms. Finished tasks are not kept. */
final class DbSchedulerPeer implements Peer {

    private static final Duration POLLING = Duration.ofMillis(100);
    private static final String TABLE = """
            create table if not exists scheduled_tasks (
              task_name text, task_instance text, task_data bytea, execution_time timestamptz not null,
              picked boolean not null, picked_by text, last_success timestamptz, last_failure timestamptz,
              consecutive_failures int, last_heartbeat timestamptz, version bigint not null, priority smallint,
              primary key (task_name, task_instance));
            create index if not exists scheduled_by_time on scheduled_tasks (execution_time);
            create index if not exists scheduled_by_heartbeat on scheduled_tasks (last_heartbeat)""";

    private final HikariDataSource source;

    DbSchedulerPeer(String url) throws SQLException {
        source = Postgres.connect(url);
        run(TABLE);
    }

    @Override
    public String version() {
        return Versions.of(Scheduler.class) + ", " + Versions.java();
    }

    private static OneTimeTask<String> task(String queue, Handler handler) {
        return Tasks.oneTime(queue, String.class).execute((instance, context) -> handler.handle(instance.getData()));
    }

    @Override
    public Producer producer(String queue) {
        OneTimeTask<String> task = task(queue, payload -> null);
        SchedulerClient client = SchedulerClient.Builder.create(source, task).build();
        return new Producer() {
            @Override
            public void enqueue(String payload) {
                client.schedule(instance(payload), Instant.now());
            }

            @Override
            public void enqueueAll(List<String> payloads) {
                client.scheduleBatch(
                        payloads.stream().<TaskInstance<?>>map(this::instance).toList(), Instant.now());
            }

            private TaskInstance<String> instance(String payload) {
                return task.instance(UUID.randomUUID().toString(), payload);
            }

            @Override
            public void close() {
                // The pool is closed with the peer.
            }
        };
    }

    @Override
    public Consumer consumer(String queue, int slots, boolean keep, Handler handler) {
        Scheduler scheduler = Scheduler.create(source, task(queue, handler))
                .threads(slots)
                .pollUsingLockAndFetch(0.5, 4.0)
                .pollingInterval(POLLING)
                .build();
        return new Consumer() {
            @Override
            public void start() {
                scheduler.start();
            }

            @Override
            public void close() {
                scheduler.stop();
            }
        };
    }

    @Override
    public void clear() throws SQLException {
        run("truncate table scheduled_tasks");
    }

    private void run(String statements) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
