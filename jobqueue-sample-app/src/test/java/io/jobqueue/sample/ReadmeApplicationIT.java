package io.jobqueue.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that was generated without any dependency but Spring Boot's, to which somebody has added what the
 * README says, block by block; the imports are those that an editor adds. It is built by Maven and run.
 */
class ReadmeApplicationIT {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?:class|record) (\\w+)");
    private static final List<String> IMPORTS = List.of(
            "io.jobqueue.JobQueue",
            "io.jobqueue.spring.JobHandler",
            "org.slf4j.Logger",
            "org.slf4j.LoggerFactory",
            "org.springframework.stereotype.Component",
            "org.springframework.stereotype.Service");

    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <parent>
                <groupId>org.springframework.boot</groupId>
                <artifactId>spring-boot-starter-parent</artifactId>
                <version>%s</version>
                <relativePath/>
              </parent>
              <groupId>com.example</groupId>
              <artifactId>demo</artifactId>
              <version>0.0.1-SNAPSHOT</version>
              <dependencies>
                <dependency>
                  <groupId>org.springframework.boot</groupId>
                  <artifactId>spring-boot-starter</artifactId>
                </dependency>
                %s
              </dependencies>
              <build>
                <plugins>
                  <plugin>
                    <groupId>org.springframework.boot</groupId>
                    <artifactId>spring-boot-maven-plugin</artifactId>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    private static final String APPLICATION = """
            package com.example.demo;

            import org.springframework.boot.ApplicationRunner;
            import org.springframework.boot.SpringApplication;
            import org.springframework.boot.autoconfigure.SpringBootApplication;
            import org.springframework.context.annotation.Bean;

            @SpringBootApplication
            public class DemoApplication {

                public static void main(String[] args) {
                    SpringApplication.run(DemoApplication.class, args);
                }

                @Bean
                ApplicationRunner visitor(Signup signup) {
                    return args -> signup.register("ada@example.org", "Ada");
                }
            }
            """;

    @TempDir
    static Path directory;

    private static List<MatchResult> blocks;

    @BeforeAll
    static void buildTheApplication() throws Exception {
        blocks = BLOCK.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .toList();
        Path sources = Files.createDirectories(directory.resolve("app/src/main/java/com/example/demo"));
        write(directory.resolve("app/pom.xml"), POM.formatted(System.getProperty("spring-boot.version"), first("xml")));
        write(sources.resolve("DemoApplication.java"), APPLICATION);
        for (String block : all("java")) {
            MatchResult type = TYPE.matcher(block).results().findFirst().orElseThrow();
            write(sources.resolve(type.group(1) + ".java"), withImports(block));
        }
        Path repository = Files.createDirectory(directory.resolve("repository"));
        LocalRepository.makeIn(repository);
        run(directory.resolve("app"), "mvn", "-B", "-ntp", "-q", "-Dmaven.repo.local=" + repository, "package");
    }

    @Test
    void mailIsSentWithoutAnySetting() {
        try (Running application = start()) {
            application.awaitOutput("Welcome, Ada!");
            assertThat(application.output()).contains("do not survive");
        }
    }

    @Test
    void mailIsSentByWayOfRedisWithTheTwoLines() throws IOException {
        write(directory.resolve("app/application.yml"), first("yaml"));
        try (RedisServer redis = RedisServer.start();
                Running application = start("--jobqueue.store.redis.url=" + redis.url())) {
            application.awaitOutput("Welcome, Ada!");
            assertThat(application.output()).contains("Jobs are kept in the Redis at 127.0.0.1:" + redis.port());
        }
    }

    private static Running start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx200m",
                "-jar",
                "target/demo-0.0.1-SNAPSHOT.jar"));
        command.addAll(List.of(arguments));
        return new Running(command, directory.resolve("app"));
    }

    private static String withImports(String block) {
        StringBuilder source = new StringBuilder("package com.example.demo;\n\n");
        for (String name : IMPORTS) {
            if (Pattern.compile("\\b" + name.substring(name.lastIndexOf('.') + 1) + "\\b")
                    .matcher(block)
                    .find()) {
                source.append("import ").append(name).append(";\n");
            }
        }
        return source.append('\n').append(block).toString();
    }

    private static String first(String language) {
        return all(language).get(0);
    }

    private static List<String> all(String language) {
        return blocks.stream()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void run(Path where, String... command) throws IOException, InterruptedException {
        Path log = where.resolveSibling("build.log");
        Process process = new ProcessBuilder(command)
                .directory(where.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    }

    /** The application in a process of its own. */
    private static final class Running implements AutoCloseable {

        private final Path log;
        private final Process process;

        Running(List<String> command, Path where) {
            try {
                log = Files.createTempFile(where, "application", ".log");
                process = new ProcessBuilder(command)
                        .directory(where.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void awaitOutput(String text) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(output()).contains(text));
        }

        @Override
        public void close() {
            process.destroy();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
