package io.jobqueue.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.UnsuitableStoreException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerVerdictTests {

    private static final String GOOD = String.join(
            "\r\n",
            "# Server",
            "redis_version:7.2.4",
            "valkey_version:8.0.6",
            "# Memory",
            "maxmemory_policy:noeviction",
            "# Persistence",
            "aof_enabled:1",
            "");

    @Test
    void goodServerIsTakenWithoutAWord() {
        assertThat(judge(GOOD)).isEqualTo(new ServerVerdict(List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random", "allkeys-newest", "least-wanted"})
    void policyThatMayEvictJobsIsRefusedWithItsNameAndWhatToDo(String policy) {
        assertThatThrownBy(() -> judge(policy, false))
                .isInstanceOf(UnsuitableStoreException.class)
                .hasMessageContaining("here:1")
                .hasMessageContaining("maxmemory-policy is " + policy)
                .hasMessageContaining("may delete jobs")
                .hasMessageContaining("set maxmemory-policy noeviction")
                .hasMessageContaining("accept the loss")
                .hasMessageContaining("jobqueue.store.redis.accept-eviction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl", "volatile-newest"})
    void policyThatEvictsOnlyWhatExpiresIsRefusedAndSaidToCostNoJobs(String policy) {
        assertThatThrownBy(() -> judge(policy, false))
                .isInstanceOf(UnsuitableStoreException.class)
                .hasMessageContaining("here:1")
                .hasMessageContaining("maxmemory-policy is " + policy)
                .hasMessageContaining("set maxmemory-policy noeviction")
                .hasMessageContaining("no key of the jobs has an expiry, so no job is lost by it")
                .hasMessageContaining("jobqueue.store.redis.accept-eviction");
    }

    @ParameterizedTest
    @ValueSource(strings = {"allkeys-lru", "least-wanted"})
    void lossThatWasAcceptedIsAWarning(String policy) {
        assertThat(judge(policy, true).warnings()).singleElement().asString().contains(policy, "accepted");
    }

    @Test
    void evictionThatCostsNoJobsIsAcceptedWithoutAWord() {
        assertThat(judge("volatile-lru", true).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.2.11", "5.0.14.1", "6.999.999"})
    void oldServerIsRefusedWithItsVersion(String version) {
        String info = GOOD.replace("7.2.4", version).replace("valkey_version:8.0.6\r\n", "");

        assertThatThrownBy(() -> judge(info))
                .isInstanceOf(UnsuitableStoreException.class)
                .hasMessageContaining("Redis " + version)
                .hasMessageContaining("use Redis 7.0 or newer, or Valkey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0.0", "7.4.1", "8.0.2", "10.0.0"})
    void newerServerIsTaken(String version) {
        assertThat(judge(GOOD.replace("7.2.4", version)).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis_version:7.2.4 valkey_version:8.0.1, Valkey 8.0.1, true",
        "redis_version:7.2.4 server_name:valkey valkey_version:9.1.2, Valkey 9.1.2, true",
        "redis_version:7.2.4, Redis 7.2.4, false",
        "redis_version:7.4.0, Redis 7.4.0, true",
        "redis_version:7.4.2, Redis 7.4.2, true",
        "redis_version:7.4.3, Redis 7.4.3, false",
        "redis_version:8.0.2, Redis 8.0.2, false",
        "'', Redis unknown, true"
    })
    void serversThatMayAnswerBeforeTheirDiskAreKnown(String info, String product, boolean mayAnswer) {
        ServerFacts facts = ServerFacts.read(info.replace(' ', '\n'));

        assertThat(facts.product()).isEqualTo(product);
        assertThat(facts.mayAnswerBeforeItsDisk()).isEqualTo(mayAnswer);
    }

    @Test
    void versionWithAKnownWayOutOfScriptsIsAWarningThatSaysWhatToDo() {
        assertThat(judge(GOOD.replace("8.0.6", "8.0.5")).warnings())
                .singleElement()
                .asString()
                .contains("here:1", "Valkey 8.0.5", "CVE-2025-49844", "8.0.6 or newer", "without changing the number");
    }

    @Test
    void missingAppendOnlyFileIsAWarning() {
        assertThat(judge(GOOD.replace("aof_enabled:1", "aof_enabled:0")).warnings())
                .singleElement()
                .asString()
                .contains("here:1", "no append-only file", "set appendonly yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# Server\r\nredis_version:unstable\r\n", "nonsense"})
    void whatAServerDoesNotTellIsNotHeldAgainstIt(String info) {
        ServerVerdict verdict = judge(info);

        assertThat(verdict.warnings()).isEmpty();
        assertThat(verdict.unknown()).hasSize(3).contains("version", "maxmemory-policy");
    }

    private static ServerVerdict judge(String info) {
        return ServerVerdict.of(ServerFacts.read(info), "here:1", false);
    }

    private static ServerVerdict judge(String policy, boolean acceptEviction) {
        return ServerVerdict.of(ServerFacts.read(GOOD.replace("noeviction", policy)), "here:1", acceptEviction);
    }
}
