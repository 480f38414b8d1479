package io.jobqueue.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares jobqueue with other queues: {@code Compare [name=value …]}, values as in {@link CompareOptions}. Started by
 * {@code compare.sh}, which installs what the others need.
 */
public final class Compare {

    private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

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
            for (int round = 1; round <= options.rounds(); round++) {
                for (Contender contender : contenders) {
                    tryRound(servers, contender, round);
                }
            }
            String tables = new Tables(results, contenders, Setting.of(options, servers.version())).text();
            Path written = folder.resolve("tables.md");
            Files.writeString(written, tables);
            System.out.println(tables);
            System.out.println("raw figures and tables: " + folder);
            if (!options.page().isEmpty()) {
                Page.write(Path.of(options.page()), tables);
            }
        } finally {
            results.close();
        }
    }

    private void tryRound(Servers servers, Contender contender, int round) throws IOException {
        Optional<String> missing = commands.missing(contender.platform());
        if (missing.isPresent()) {
            results.note(contender, "not run: " + missing.get());
            return;
        }
        try {
            round(servers, contender, round);
        } catch (IOException e) {
            System.out.println("  " + e.getMessage());
            results.note(contender, "round " + round + " ended early: " + e.getMessage());
        }
    }

    private void round(Servers servers, Contender contender, int round) throws IOException {
        System.out.println("round " + round + ": " + contender.id());
        servers.redis().flushAll();
        try (PeerProcess driver = open(servers, contender)) {
            results.version(contender, driver.version());
            driver.just("warmup jobs=" + Math.min(contender.warmUp(), options.jobs()));
            Turn turn = new Turn(servers, contender, driver);
            for (CompareWork work : CompareWork.all(options.jobs())) {
                if (contender.works().contains(work.name())
                        && options.wants(work.name())
                        && (round == 1 || !work.countsCalls())) {
                    Map<String, Double> figures = measure(servers, contender, turn, work);
                    System.out.println("  " + work.name() + " " + figures);
                    results.add(round, contender, work.name(), figures);
                }
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
            worker.just("warmup jobs=" + Math.min(contender.warmUp(), options.jobs()));
            return turn.runWith(worker, work);
        }
    }

    private PeerProcess open(Servers servers, Contender contender) throws IOException {
        return new PeerProcess(
                commands.driver(contender, servers.url(contender)), folder.resolve(contender.id() + ".log"), PATIENCE);
    }
}
