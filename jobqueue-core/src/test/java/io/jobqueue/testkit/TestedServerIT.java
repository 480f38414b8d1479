package io.jobqueue.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.redis.RedisStore;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The tests run on the server that was chosen for them, and a store says which that is. */
class TestedServerIT {

    /** {@code Redis server v=7.0.15 sha=...}, {@code Valkey server v=8.0.1 sha=...}. */
    private static final Pattern VERSION = Pattern.compile("(\\w+) server v=(\\S+) .*", Pattern.DOTALL);

    @Test
    void storeNamesTheProgramThatRuns() throws IOException {
        String program = versionOfTheProgram();

        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq")) {
            assertThat(store.info().version()).isEqualTo(program);
        }
    }

    /** Whoever names a server may also name the version that the tests must have met. */
    @Test
    void serverIsTheOneThatWasAskedFor() throws IOException {
        String asked = Optional.ofNullable(System.getenv("JOBQUEUE_REDIS_SERVER_VERSION"))
                .orElse(versionOfTheProgram());

        try (RedisServer server = RedisServer.start();
                Jedis redis = server.commands()) {
            String info = redis.info("server");
            String[] nameAndVersion = asked.split(" ", 2);
            String field = nameAndVersion[0].equals("Redis") ? "redis_version:" : "valkey_version:";
            assertThat(info.lines()).contains(field + nameAndVersion[1]);
            assertThat(info.contains("valkey_version:")).isNotEqualTo(nameAndVersion[0].equals("Redis"));
        }
    }

    private static String versionOfTheProgram() throws IOException {
        Process asked = new ProcessBuilder(RedisBinary.path().toString(), "--version").start();
        String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
        Matcher version = VERSION.matcher(answer);
        assertThat(version.matches()).as(answer).isTrue();
        return version.group(1) + " " + version.group(2);
    }
}
