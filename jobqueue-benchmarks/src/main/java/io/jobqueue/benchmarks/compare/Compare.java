package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares jobqueue with other queues: {@code Compare [name=value …]}, values as in {@link CompareOptions}. Started by
 * {@code compare.sh}, which installs what the others need.
 */
public final class Compare {

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    private static final Duration PATIENCE = Duration.ofMinutes(40);

    private final CompareOptions options;
    private final Commands commands = new Commands();
    private final Path folder;
    private final Results results;

    private Compare(CompareOptions options, Path folder) throws IOException {
        this.options = options;
        this.folder = folder;
        this.results = new Results(folder);
    }

    /** Runs the comparison and writes its tables. */
    public static void main(String[] arguments) throws IOException {
        CompareOptions options = CompareOptions.parse(arguments);
        // Servers and drivers end with a comparison that is stopped in the middle.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
        Path folder = Path.of(
                "jobqueue-benchmarks/target/compare",
                LocalDateTime.now(ZoneId.systemDefault()).format(FOLDER));
        new Compare(options, folder).run();
        System.exit(0);
    }

    private void run() throws IOException {
        List<Contender> contenders =
                Contender.all().stream().filter(options::wants).toList();
        boolean postgres = contenders.stream().anyMatch(one -> one.server() == Contender.Server.POSTGRES)
                && commands.missing(Contender.Platform.PEERS).isEmpty();
        try (Servers servers = new Servers(options.aof(), postgres ? commands.postgres() : null, folder)) {
            List<Contender> present = present(contenders);
            for (int round = 1; round <= options.rounds(); round++) {
                round(servers, present, round);
            }
            String tables = new Tables(results, contenders, Setting.of(options, servers.version())).text();
            Path written = folder.resolve("tables.md");
            Files.writeString(written, tables);
            System.out.println(tables);
            System.out.println("raw figures and tables: " + folder);
            if (!options.page().isEmpty()) {
                Page.write(
                        Path.of(options.page()),
                        tables,
                        LocalDate.now(ZoneId.systemDefault()).toString(),
                        results.lines(options.rounds()));
            }
        } finally {
            results.close();
        }
    }

    private List<Contender> present(List<Contender> contenders) throws IOException {
        List<Contender> present = new ArrayList<>();
        for (Contender contender : contenders) {
            Optional<String> missing = commands.missing(contender.platform());
            if (missing.isPresent()) {
                results.note(contender, "not run: " + missing.get());
            } else {
                present.add(contender);
            }
        }
        return present;
    }

    /** All do one work after the other, then the next, so that what the machine is slow at for a minute hits all alike. */
    private void round(Servers servers, List<Contender> contenders, int round) throws IOException {
        Map<Contender, PeerProcess> drivers = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                attempt(contender, round, drivers, () -> {
                    servers.redis().flushAll();
                    PeerProcess driver = open(servers, contender);
                    drivers.put(contender, driver);
                    results.version(contender, driver.version());
                    driver.just(warmUp(contender));
                });
            }
            for (CompareWork work : CompareWork.all(options.jobs())) {
                if (options.wants(work.name()) && (round == 1 || !work.countsCalls())) {
                    System.out.println("round " + round + ": " + work.name());
                    work(servers, drivers, work, round);
                }
            }
        } finally {
            drivers.values().forEach(PeerProcess::close);
        }
    }

    private void work(Servers servers, Map<Contender, PeerProcess> drivers, CompareWork work, int round)
            throws IOException {
        for (Contender contender : List.copyOf(drivers.keySet())) {
            if (contender.works().contains(work.name())) {
                attempt(contender, round, drivers, () -> {
                    Turn turn = new Turn(servers, contender, Objects.requireNonNull(drivers.get(contender)));
                    Map<String, Double> figures = measure(servers, contender, turn, work);
                    System.out.println("  " + contender.id() + " " + figures);
                    results.add(round, contender, work.name(), figures);
                });
            }
        }
    }

    /** A contender that fails takes no further part in the round. */
    private void attempt(Contender contender, int round, Map<Contender, PeerProcess> drivers, Step step)
            throws IOException {
        try {
            step.take();
        } catch (IOException e) {
            System.out.println("  " + e.getMessage());
            results.note(contender, "round " + round + " ended early: " + e.getMessage());
            PeerProcess driver = drivers.remove(contender);
            if (driver != null) {
                driver.close();
            }
        }
    }

    private Map<String, Double> measure(Servers servers, Contender contender, Turn turn, CompareWork work)
            throws IOException {
        if (work.countsCalls()) {
            return turn.countCalls(work);
        }
        if (!work.needsTwoProcesses()) {
            return turn.run(work);
        }
        try (PeerProcess worker = open(servers, contender)) {
            worker.just(warmUp(contender));
            return turn.runWith(worker, work);
        }
    }

    private String warmUp(Contender contender) {
        return "warmup seconds=" + options.warmUp() + " jobs=" + Math.min(contender.warmUp(), options.jobs());
    }

    private PeerProcess open(Servers servers, Contender contender) throws IOException {
        return new PeerProcess(
                commands.driver(contender, servers.url(contender)), folder.resolve(contender.id() + ".log"), PATIENCE);
    }

    /** What can end early. */
    private interface Step {

        void take() throws IOException;
    }
}
