package io.jobqueue.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodesFileTests {

    @TempDir
    Path directory;

    @Test
    void replicaGetsTheShardOfItsMasterAndNothingElseIsTouched() throws IOException {
        Path file = directory.resolve("nodes.conf");
        Files.write(
                file,
                List.of(
                        "aa 127.0.0.1:1@2,,tls-port=0,shard-id=01 slave cc 0 1795816067000 3 connected",
                        "bb 127.0.0.1:3@4,,tls-port=0,shard-id=02 master - 0 1795816067000 2 connected 0-5460",
                        "cc 127.0.0.1:5@6,,tls-port=0,shard-id=03 myself,master - 0 0 3 connected 10922-16383",
                        "dd 127.0.0.1:7@8 slave bb 0 0 3 connected",
                        "vars currentEpoch 6 lastVoteEpoch 0"));

        new NodesFile(directory).mend();

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "aa 127.0.0.1:1@2,,tls-port=0,shard-id=03 slave cc 0 1795816067000 3 connected",
                        "bb 127.0.0.1:3@4,,tls-port=0,shard-id=02 master - 0 1795816067000 2 connected 0-5460",
                        "cc 127.0.0.1:5@6,,tls-port=0,shard-id=03 myself,master - 0 0 3 connected 10922-16383",
                        "dd 127.0.0.1:7@8 slave bb 0 0 3 connected",
                        "vars currentEpoch 6 lastVoteEpoch 0");
    }

    @Test
    void serverWithoutAClusterHasNoFile() {
        new NodesFile(directory).mend();

        assertThat(directory).isEmptyDirectory();
    }
}
