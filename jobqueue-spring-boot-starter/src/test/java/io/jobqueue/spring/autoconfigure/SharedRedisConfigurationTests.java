package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SharedRedisConfigurationTests {

    @Test
    void standaloneDetailsLeadToTheServer(CapturedOutput output) {
        runner(new StandaloneDetails()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .contains("Redis at 127.0.0.1:1/7 as user 'grace', by spring.data.redis")
                    .doesNotContain("s3cret");
        });
    }

    @Test
    void sentinelsLeadToTheMaster(CapturedOutput output) {
        runner(new SentinelDetails()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output)
                    .contains("Redis at sentinel main@127.0.0.1:1,[::1]:2/3 as user 'default', by spring.data.redis")
                    .doesNotContain("s3cret");
        });
    }

    @Test
    void clusterLeadsToItsNodes(CapturedOutput output) {
        runner((ClusterDetails) () -> List.of(new Node("127.0.0.1", 1), new Node("127.0.0.1", 2)))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output)
                            .contains(
                                    "Redis at cluster 127.0.0.1:1,127.0.0.1:2 as user 'default', by spring.data.redis");
                });
    }

    @Test
    void replicasAreRefusedWithTheWayOut() {
        assertRefused("has replicas to read from", (ReplicaDetails) () -> List.of());
    }

    @Test
    void sslBundleIsUsed(CapturedOutput output) {
        runner(new EncryptedDetails()).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains("at 127.0.0.1:1/7 as user 'grace' over TLS, by spring.data.redis");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"rediss://grace:s3cret@127.0.0.1:1", "rediss://grace:s3cret@127.0.0.1:1/7"})
    void urlOfSpringDataThatAsksForTlsGetsIt(String url, CapturedOutput output) {
        ofProperties("spring.data.redis.url=" + url).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains("as user 'grace' over TLS, by spring.data.redis");
        });
    }

    @Test
    void urlOfSpringDataWithoutTlsIsTakenAsItIs(CapturedOutput output) {
        ofProperties("spring.data.redis.url=redis://grace:s3cret@127.0.0.1:1").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(output).contains("as user 'grace', by spring.data.redis").doesNotContain("over TLS");
        });
    }

    @Test
    void detailsThatWinOverTheUrlDecideOnTls(CapturedOutput output) {
        ofProperties("spring.data.redis.url=rediss://elsewhere:6380")
                .withBean(DataRedisConnectionDetails.class, StandaloneDetails::new)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(output).contains("at 127.0.0.1:1/7 as user 'grace', by spring.data.redis");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0, command-timeout, 1s",
        "client-name, my app, client-name, app",
        "cluster.max-redirects, 0, cluster.max-redirects, 3"
    })
    void valueThatSuitsOnlySpringDataIsRefusedByNameUnlessTheJobsHaveTheirOwn(
            String key, String value, String ownKey, String own) {
        ApplicationContextRunner runner =
                ofProperties("spring.data.redis.cluster.nodes=127.0.0.1:1", "spring.data.redis." + key + "=" + value);

        runner.run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains("spring.data.redis." + key + ":");
            assertThat(analysis.getAction()).contains("jobqueue.store.redis." + ownKey);
        });
        runner.withPropertyValues("jobqueue.store.redis." + ownKey + "=" + own)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void databaseOfItsOwnInASharedClusterIsRefusedByName() {
        ofProperties("spring.data.redis.cluster.nodes=127.0.0.1:1", "jobqueue.store.redis.database=3")
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription()).contains("jobqueue.store.redis.database is 3");
                    assertThat(analysis.getAction()).contains("jobqueue.store.redis.key-prefix");
                });
    }

    @Test
    void unknownSslBundleStopsTheStart() {
        runner(new StandaloneDetails())
                .withPropertyValues("jobqueue.store.redis.ssl.bundle=jobs")
                .run(context -> {
                    FailureAnalysis analysis = StartFailure.analysisOf(context);
                    assertThat(analysis.getDescription()).contains("jobqueue.store.redis.ssl.bundle", "'jobs'");
                    assertThat(analysis.getAction()).contains("spring.ssl.bundle");
                });
    }

    @Test
    void unusableRedisDoesNotMatterWhenTheJobsHaveTheirOwn() {
        runner((ReplicaDetails) () -> List.of())
                .withPropertyValues("jobqueue.store.redis.url=redis://127.0.0.1:1")
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static void assertRefused(String what, DataRedisConnectionDetails details) {
        runner(details).run(context -> {
            FailureAnalysis analysis = StartFailure.analysisOf(context);
            assertThat(analysis.getDescription()).contains(what);
            assertThat(analysis.getAction()).contains("jobqueue.store.redis.url");
        });
    }

    private static ApplicationContextRunner ofProperties(String... properties) {
        return StarterContext.bare()
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withPropertyValues("jobqueue.store.type=redis")
                .withPropertyValues(properties);
    }

    private static ApplicationContextRunner runner(DataRedisConnectionDetails details) {
        return StarterContext.bare()
                .withPropertyValues("jobqueue.store.type=redis")
                .withBean(DataRedisConnectionDetails.class, () -> details);
    }

    private static class StandaloneDetails implements DataRedisConnectionDetails {

        @Override
        public String getUsername() {
            return "grace";
        }

        @Override
        public String getPassword() {
            return "s3cret";
        }

        @Override
        public Standalone getStandalone() {
            return Standalone.of("127.0.0.1", 1, 7);
        }
    }

    private static final class EncryptedDetails extends StandaloneDetails {

        @Override
        public SslBundle getSslBundle() {
            return SslBundle.of(SslStoreBundle.NONE);
        }
    }

    private static final class SentinelDetails
            implements DataRedisConnectionDetails, DataRedisConnectionDetails.Sentinel {

        @Override
        public Sentinel getSentinel() {
            return this;
        }

        @Override
        public int getDatabase() {
            return 3;
        }

        @Override
        public String getMaster() {
            return "main";
        }

        @Override
        public List<Node> getNodes() {
            return List.of(new Node("127.0.0.1", 1), new Node("::1", 2));
        }

        @Override
        public @Nullable String getUsername() {
            return null;
        }

        @Override
        public @Nullable String getPassword() {
            return "s3cret";
        }
    }

    @FunctionalInterface
    private interface ClusterDetails extends DataRedisConnectionDetails, DataRedisConnectionDetails.Cluster {

        @Override
        default Cluster getCluster() {
            return this;
        }
    }

    @FunctionalInterface
    private interface ReplicaDetails extends DataRedisConnectionDetails, DataRedisConnectionDetails.MasterReplica {

        @Override
        default MasterReplica getMasterReplica() {
            return this;
        }
    }
}
