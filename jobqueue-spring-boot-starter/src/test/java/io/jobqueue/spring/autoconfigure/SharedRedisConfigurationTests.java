package io.jobqueue.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
