package io.jobqueue.benchmarks.peers;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL that comes as a Maven artifact. It forces nothing to disk, as the Redis of the comparison does not:
 * {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} are off.
 */
public final class Postgres {

    private static final int CONNECTIONS = 64;

    private Postgres() {}

    /** Starts a server, prints its URL and the id of its main process, and stops it when standard input ends. */
    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "256MB")
                .start()) {
            answers.println(server.getJdbcUrl("postgres", "postgres"));
            answers.println(mainProcess(server));
            while (System.in.read() >= 0) {
                // Nothing is said; the end is awaited.
            }
        }
        System.exit(0);
    }

    private static long mainProcess(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .map(ProcessHandle::pid)
                    .orElse(0L);
        }
    }

    /** Connects a pool with a connection for every slot and caller of the comparison. */
    static HikariDataSource connect(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
