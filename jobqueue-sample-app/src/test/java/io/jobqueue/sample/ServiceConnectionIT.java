package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.redis.testcontainers.RedisContainer;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoreInfo;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Import;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** A Redis in a container is found by its service connection. Skipped where there is no engine for containers. */
@Testcontainers(disabledWithoutDocker = true)
class ServiceConnectionIT {

    private static final String ON_REDIS = "jobqueue.store.type=redis";
    private static final String DIRECTORY = "sample.directory=target/sample-tests/${random.uuid}";
    private static final int PORT = 6379;

    /** Returns where the jobs are, after one has run there. */
    private static String whereAJobRan(int port, JobStore store) {
        SampleClient client = new SampleClient(port);
        Answer accepted = client.postCsv("/imports?id=container", """
                order_id,customer,product,quantity,unit_price,currency
                A-1,Ada Lovelace,Desk lamp,1,54.50,EUR
                """);
        assertThat(accepted.status()).isEqualTo(202);
        Map<String, Object> job = client.awaitEnd("/jobs/imports/container-2");
        assertThat(job).containsEntry("state", "COMPLETED");
        StoreInfo info = store.info();
        assertThat(info.kind()).isEqualTo("redis");
        return info.location();
    }

    @Nested
    @SpringBootTest(
            classes = SampleApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {ON_REDIS, DIRECTORY})
    @Import(RedisInContainer.class)
    class OfABean {

        @LocalServerPort
        private int port;

        @Autowired
        private JobStore store;

        @Autowired
        private RedisContainer redis;

        @Test
        void jobRunsOnTheRedisInTheContainer() {
            assertThat(whereAJobRan(port, store)).contains(":" + redis.getMappedPort(PORT) + "/0");
        }
    }

    /** As any image is used that speaks like Redis, Valkey for one. */
    @Nested
    @SpringBootTest(
            classes = SampleApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {ON_REDIS, DIRECTORY})
    class OfAnyContainerThatIsNamedRedis {

        @Container
        @ServiceConnection(name = "redis")
        private static final GenericContainer<?> SERVER =
                new GenericContainer<>("redis:7-alpine").withExposedPorts(PORT);

        @LocalServerPort
        private int port;

        @Autowired
        private JobStore store;

        @Test
        void jobRunsOnTheServerInTheContainer() {
            assertThat(whereAJobRan(port, store)).contains(":" + SERVER.getMappedPort(PORT) + "/0");
        }
    }
}
