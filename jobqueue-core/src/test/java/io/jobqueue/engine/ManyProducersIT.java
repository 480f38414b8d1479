package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobId;
import io.jobqueue.store.redis.RedisStore;
import io.jobqueue.testkit.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of fifty threads each enqueue the same ids and the same keys at the same time. */
class ManyProducersIT {

    private static final int THREADS = 50;
    private static final int PROCESSES = 2;
    private static final int ROUNDS = 10;
    private static final int KINDS_BY_ROUND = 5;

    @Test
    void oneJobIsStoredAndAllOthersAreToldOfIt(@TempDir Path directory) throws IOException, InterruptedException {
        try (RedisServer server = RedisServer.start();
                RedisStore store = RedisStore.open(server.connection(), "jq");
                JobEngine engine = JobEngine.builder(store).build()) {
            Map<String, List<String>> answers = answers(server, directory);

            assertThat(answers).hasSize(ROUNDS * KINDS_BY_ROUND + 1);
            answers.forEach((compared, told) -> {
                int calls = compared.equals("content") ? ROUNDS * THREADS * PROCESSES : THREADS * PROCESSES;
                assertThat(told).as(compared).hasSize(calls);
                Set<String> ids = new HashSet<>();
                told.forEach(line -> ids.add(line.split(" ", -1)[3]));
                assertThat(ids).as("ids told for " + compared).hasSize(1);
                assertThat(told.stream().filter(line -> line.contains(" QUEUED ")))
                        .as("who was told to have stored " + compared)
                        .hasSizeLessThanOrEqualTo(1)
                        .allMatch(line -> line.contains(" one "));
                assertThat(engine.jobQueue()
                                .find(JobId.of(
                                        ProducerProcess.QUEUE, ids.iterator().next())))
                        .isPresent();
            });
            assertThat(engine.jobQueue().counts(ProducerProcess.QUEUE).waiting())
                    .isEqualTo(answers.size());
        }
    }

    private static Map<String, List<String>> answers(RedisServer server, Path directory)
            throws IOException, InterruptedException {
        List<Process> processes = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                Path output = directory.resolve("output-" + i);
                outputs.add(output);
                processes.add(start(server, output));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue())
                        .as("end of a producer, which said: " + tail(outputs.get(processes.indexOf(process))))
                        .isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
        Map<String, List<String>> answers = new HashMap<>();
        for (Path output : outputs) {
            Files.readAllLines(output).stream()
                    .filter(line -> line.matches("\\S+ (one|bulk) \\S+ \\S+"))
                    .forEach(line -> answers.computeIfAbsent(line.split(" ", -1)[0], key -> new ArrayList<>())
                            .add(line));
        }
        return answers;
    }

    private static String tail(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    private static Process start(RedisServer server, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ProducerProcess.class.getName(),
                        server.url(),
                        String.valueOf(THREADS),
                        String.valueOf(PROCESSES),
                        String.valueOf(ROUNDS))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
