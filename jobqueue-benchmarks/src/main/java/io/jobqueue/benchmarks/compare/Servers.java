package io.jobqueue.benchmarks.compare;

import io.jobqueue.testkit.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;

/** The servers of a comparison: one Redis for all, and a PostgreSQL when somebody needs it. */
final class Servers implements AutoCloseable {

    private final RedisServer redis;
    private final Jedis commands;
    private final @Nullable Process postgres;
    private final @Nullable ProcessHandle postmaster;
    private final String postgresUrl;

    Servers(boolean aof, @Nullable List<String> postgresCommand, Path folder) throws IOException {
        redis = aof
                ? RedisServer.start("--save", "", "--appendonly", "yes", "--appendfsync", "everysec")
                : RedisServer.start();
        commands = redis.commands();
        if (postgresCommand == null) {
            postgres = null;
            postmaster = null;
            postgresUrl = "";
        } else {
            postgres = new ProcessBuilder(postgresCommand)
                    .redirectError(folder.resolve("postgres.log").toFile())
                    .start();
            BufferedReader answers = postgres.inputReader(StandardCharsets.UTF_8);
            postgresUrl = answered(answers);
            postmaster = ProcessHandle.of(Long.parseLong(answered(answers))).orElse(null);
        }
    }

    private static String answered(BufferedReader answers) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("PostgreSQL did not start; see postgres.log");
        }
        return line;
    }

    String url(Contender contender) {
        return switch (contender.server()) {
            case REDIS -> redis.url();
            case POSTGRES -> postgresUrl;
            case NONE -> contender.platform() == Contender.Platform.NODE ? redis.url() : "memory";
        };
    }

    Jedis redis() {
        return commands;
    }

    Jedis monitor() {
        return redis.commands();
    }

    RedisReading reading() {
        return RedisReading.of(commands);
    }

    String version() {
        return commands.info("server")
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> "Redis " + line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("Redis");
    }

    /** Returns the CPU that PostgreSQL and its processes have used, in seconds. */
    double postgresSeconds() {
        return postmaster == null ? 0 : Machine.used(postmaster);
    }

    @Override
    public void close() {
        commands.close();
        redis.close();
        if (postgres != null) {
            try {
                postgres.getOutputStream().close();
                postgres.waitFor(20, java.util.concurrent.TimeUnit.SECONDS);
            } catch (IOException e) {
                postgres.destroy();
            } catch (InterruptedException e) {
                postgres.destroy();
                Thread.currentThread().interrupt();
            }
        }
    }
}
