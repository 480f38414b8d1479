package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

class RedisFailuresTests {

    private final RedisFailures failures =
            new RedisFailures("localhost:6379/0", false, new AccessAdvice("default", new RedisKeys("jq")));

    private Outcome outcome(JedisException failure) {
        assertThat(failures.explain(failure)).isInstanceOf(StoreUnavailableException.class);
        return ((StoreUnavailableException) failures.explain(failure)).outcome();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.",
                "READONLY You can't write against a read only replica.",
                "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a replica is"
                        + " configured to be writable (which is not the default) writes to replicas are just local",
                "ERR WAITAOF cannot be used with replica instances.",
                "ERR max number of clients reached",
                "ERR max number of clients + cluster connections reached"
            })
    void serverThatTakesNothingNowHasStoredNothing(String answer) {
        assertThat(outcome(new JedisDataException(answer))).isEqualTo(Outcome.REFUSED);
        assertThat(RedisFailures.isOfTheCommand(new JedisDataException(answer))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOPERM User ada has no permissions to run the 'wait' command",
                "ERR unknown command 'WAITAOF', with args beginning with: '1' '0' '1' ",
                "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled."
            })
    void refusalOfTheCommandWillBeTheSameNextTime(String answer) {
        assertThat(RedisFailures.isOfTheCommand(new JedisDataException(answer))).isTrue();
    }

    @Test
    void anyOtherAnswerIsAnError() {
        assertThat(failures.explain(new JedisDataException("ERR DB index is out of range")))
                .isExactlyInstanceOf(JobQueueException.class);
    }

    @Test
    void silenceIsUnknownUnlessTheCallWasNotSent() {
        JedisConnectionException silence = new JedisConnectionException("Unexpected end of stream.");

        assertThat(outcome(silence)).isEqualTo(Outcome.UNKNOWN);
        assertThat(outcome(RedisFailures.notSent(silence))).isEqualTo(Outcome.REFUSED);
        assertThat(RedisFailures.notSent(RedisFailures.notSent(silence)))
                .hasMessage("Failed to connect: Unexpected end of stream.");
    }
}
