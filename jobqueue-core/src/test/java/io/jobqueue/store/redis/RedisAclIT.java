package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.testkit.Patience;
import io.jobqueue.testkit.RedisServer;
import io.jobqueue.testkit.RestrictedRedis;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.CommandInfo;

/** What a user without all rights is told, and what a user with all of them still may not do. */
@Timeout(60)
class RedisAclIT {

    private static final String QUEUE = RedisStoreFixture.QUEUE;

    /** {@code [2] = { 'HGET', 'HDEL' }} in a script: commands and how many arguments they are given. */
    private static final Pattern ARGUMENTS = Pattern.compile("\\[(\\d)] = \\{([^}]*)}");

    @ParameterizedTest
    @ValueSource(strings = {"+rpush", "+hset", "+hsetnx", "+zadd", "+publish", "+time"})
    void missingCommandOfAScriptIsNamedBeforeAnythingIsStored(String right) {
        refused(right, "")
                .hasMessageContaining("allow the user 'jobs' " + right)
                .hasMessageContaining("docs/redis.md");
    }

    @Test
    void allMissingCommandsAreNamedAtOnce() {
        try (RestrictedRedis redis = RestrictedRedis.start(
                        rule -> without("+zadd", "").apply(without("+rpush", "").apply(rule)));
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a")).hasMessageContaining("+rpush +zadd");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "~{jq:*}:*, '', allow the user 'jobs' ~{jq:*}:* ~jq:queues",
        "~jq:queues, '', allow the user 'jobs' ~{jq:*}:* ~jq:queues",
        "&{jq:*}:*, '', &{jq:mails}:events",
        "&jq:*, &jq:idle, &jq:replies:any",
        "+evalsha, '', allow the user 'jobs' +evalsha",
        "+sadd, '', allow the user 'jobs' +sadd"
    })
    void missingKeyChannelOrCommandIsNamedBeforeAnythingIsStored(String right, String instead, String remedy) {
        refused(right, instead).hasMessageContaining(remedy);
    }

    /** A server may refuse to tell about a call that it would not take, as newer ones do. */
    @Test
    void rightsAreAskedForWithCallsThatTheServerTakes() throws IOException {
        Map<String, Integer> lengths = new TreeMap<>();
        try (InputStream script = Objects.requireNonNull(RedisScript.class.getResourceAsStream("rights.lua"))) {
            ARGUMENTS
                    .matcher(new String(script.readAllBytes(), UTF_8))
                    .results()
                    .forEach(group -> Pattern.compile("[A-Z]+")
                            .matcher(group.group(2))
                            .results()
                            .forEach(command -> lengths.put(command.group(), 1 + Integer.parseInt(group.group(1)))));
        }

        try (RedisServer server = RedisServer.start();
                Jedis redis = server.commands()) {
            assertThat(lengths).hasSizeGreaterThan(30).allSatisfy((command, length) -> {
                assertThat(redis.commandInfo(command).values())
                        .extracting(CommandInfo::getArity)
                        .containsAnyOf((long) length, (long) -length);
            });
        }
    }

    @Test
    void rightThatIsGrantedLaterWorksAtOnce() {
        try (RestrictedRedis redis = RestrictedRedis.start(without("+rpush", ""));
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(StoreUnavailableException.class);
            try (Jedis operator = redis.server().commands()) {
                operator.aclSetUser("jobs", "+rpush");
            }

            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
        }
    }

    @Test
    void rightThatIsTakenAwayIsNamedBeforeTheNextStep() {
        try (RestrictedRedis redis = RestrictedRedis.start();
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            RedisStoreFixture.enqueue(store, "a");
            try (Jedis operator = redis.server().commands()) {
                operator.aclSetUser("jobs", "-rpush");
            }
            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "b")).isInstanceOf(JobQueueException.class);

            assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "c"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("allow the user 'jobs' +rpush")
                    .hasMessageContaining("nothing was stored");

            try (Jedis operator = redis.server().commands()) {
                assertThat(operator.hexists("{jq:mails}:jobs", "c")).isFalse();
            }
        }
    }

    @Test
    void serverWhoseInfoIsForbiddenIsUsedAllTheSame() {
        try (RestrictedRedis redis = RestrictedRedis.start(without("+info", ""));
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            RedisStoreFixture.enqueue(store, "a");

            assertThat(store.ledger().find(QUEUE, "a")).isPresent();
            assertThat(store.info().version()).isEqualTo("Redis unknown");
        }
    }

    @Test
    void missingRightToHearIsToldOnce() {
        Logger logger = (Logger) LoggerFactory.getLogger(RedisSubscriber.class);
        ListAppender<ILoggingEvent> told = new ListAppender<>();
        told.start();
        logger.addAppender(told);
        try (RestrictedRedis redis = RestrictedRedis.start(without("+subscribe", ""));
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            store.events().subscribe(QUEUE, () -> {});

            Patience.until(
                    "the refusal is told",
                    Duration.ofSeconds(20),
                    () -> told.list.stream().anyMatch(event -> event.getLevel() == Level.WARN));
            assertThat(List.copyOf(told.list))
                    .filteredOn(event -> event.getLevel() == Level.WARN)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .singleElement()
                    .asString()
                    .contains("come late", "allow the user 'jobs' +subscribe");
        } finally {
            logger.detachAppender(told);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"FLUSHALL", "FLUSHDB", "KEYS *", "SCAN 0", "CONFIG GET maxmemory", "GET foreign", "SHUTDOWN"})
    void documentedUserMayDoNothingElse(String command) {
        String[] words = command.split(" ", -1);
        try (RestrictedRedis redis = RestrictedRedis.start();
                Jedis user = new Jedis("127.0.0.1", redis.server().port())) {
            user.auth("jobs", "secret");

            assertThatThrownBy(() -> user.sendCommand(
                            Protocol.Command.valueOf(words[0]),
                            List.of(words).subList(1, words.length).toArray(String[]::new)))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("NOPERM");
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(String right, String instead) {
        try (RestrictedRedis redis = RestrictedRedis.start(without(right, instead));
                RedisStore store = RedisStore.open(redis.connection(), "jq")) {
            var refusal = assertThatThrownBy(() -> RedisStoreFixture.enqueue(store, "a"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .satisfies(failure -> assertThat(((StoreUnavailableException) failure).outcome())
                            .isEqualTo(Outcome.REFUSED));
            try (Jedis operator = redis.server().commands()) {
                assertThat(operator.keys("{jq:*")).isEmpty();
            }
            return refusal;
        }
    }

    private static UnaryOperator<String> without(String right, String instead) {
        Pattern word = Pattern.compile("(?<= )" + Pattern.quote(right) + "(?= |$)");
        return rule -> word.matcher(rule).replaceAll(Matcher.quoteReplacement(instead));
    }
}
