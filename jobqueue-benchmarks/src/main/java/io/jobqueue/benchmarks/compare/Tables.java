package io.jobqueue.benchmarks.compare;

import java.util.List;
import java.util.Map;

/** The tables of a comparison, as Markdown. */
final class Tables {

    private static final String RATE = "jobs/s";
    private static final String SERVER = "server CPU µs a job";
    private static final double DISTURBED = 0.25;

    private final Results results;
    private final List<Contender> contenders;
    private final String setting;
    private final StringBuilder text = new StringBuilder();

    Tables(Results results, List<Contender> contenders, String setting) {
        this.results = results;
        this.contenders = contenders;
        this.setting = setting;
    }

    String text() {
        text.append('\n')
                .append(setting)
                .append(" Medians (least–most); `~` marks where others used more than ")
                .append(DISTURBED)
                .append(" core.\n");
        table(
                "Throughput, jobs a second",
                List.of(
                        new Column("enqueue, 50 in flight", "enqueue", RATE),
                        new Column("bulk, 500 a call", "bulk", RATE),
                        new Column("drain, 10 slots", "drain10", RATE),
                        new Column("drain, 50 slots", "drain50", RATE),
                        new Column("the same, results removed", "drain50removed", RATE),
                        new Column("the same, three times the jobs", "drain50long", RATE)));
        table(
                "What a job costs",
                List.of(
                        new Column("server CPU µs, enqueue", "enqueue", SERVER),
                        new Column("bulk", "bulk", SERVER),
                        new Column("drain, 50 slots", "drain50", SERVER),
                        new Column("three times the jobs", "drain50long", SERVER),
                        new Column("commands, drain", "drain50", "commands a job"),
                        new Column("client calls, drain", "calls", "client calls a job"),
                        new Column("client CPU µs, enqueue", "enqueue", "client CPU µs a job"),
                        new Column("drain", "drain50", "client CPU µs a job"),
                        new Column("bytes waiting", "memory", "bytes a job"),
                        new Column("bytes left when finished", "drain50", "bytes a job")));
        table(
                "Pick-up at 200 jobs a second, idle worker, 10 slots, two processes, ms",
                List.of(
                        new Column("p50", "latency", "p50 ms"),
                        new Column("p90", "latency", "p90 ms"),
                        new Column("p99", "latency", "p99 ms"),
                        new Column("max", "latency", "max ms")));
        table(
                "Enqueue and wait for the result, 50 slots",
                List.of(
                        new Column("1 in flight, calls/s", "roundtrip1", RATE),
                        new Column("p50 ms", "roundtrip1", "p50 ms"),
                        new Column("p99 ms", "roundtrip1", "p99 ms"),
                        new Column("50 in flight, calls/s", "roundtrip50", RATE),
                        new Column("p50 ms", "roundtrip50", "p50 ms"),
                        new Column("p99 ms", "roundtrip50", "p99 ms")));
        bars();
        list("Versions", results.versions());
        list("Not all was run", results.notes());
        return text.toString();
    }

    private void table(String title, List<Column> columns) {
        List<Contender> rows = contenders.stream()
                .filter(one -> columns.stream()
                        .anyMatch(column -> !results.spread(one.id(), column.work(), column.figure())
                                .isEmpty()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        text.append("\n### ").append(title).append("\n\n| queue | delivery |");
        columns.forEach(column -> text.append(' ').append(column.title()).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
        for (Contender row : rows) {
            text.append("| ")
                    .append(row.title())
                    .append(" | ")
                    .append(row.delivery())
                    .append(" |");
            for (Column column : columns) {
                Spread spread = results.spread(row.id(), column.work(), column.figure());
                boolean disturbed = results.spread(row.id(), column.work(), "outsiders' cores")
                                .median()
                        > DISTURBED;
                text.append(' ')
                        .append(spread.shown())
                        .append(disturbed && !spread.isEmpty() ? " ~" : "")
                        .append(" |");
            }
            text.append('\n');
        }
    }

    private void bars() {
        text.append(
                "\n### What jobqueue is held to\n\n| work | compared with | bar | measured | |\n|---|---|---|---|---|\n");
        for (Bar bar : Bar.all()) {
            Spread own = results.spread(bar.own(), bar.work(), bar.figure());
            Spread peer = results.spread(bar.peer(), bar.work(), bar.figure());
            boolean compared = !bar.peer().isEmpty();
            if (own.isEmpty() || (compared && peer.isEmpty())) {
                continue;
            }
            double measured = compared ? own.median() / peer.median() : own.median();
            boolean met = bar.most() ? measured <= bar.bound() : measured >= bar.bound();
            text.append("| ")
                    .append(bar.name())
                    .append(" | ")
                    .append(compared ? bar.peer() : "–")
                    .append(bar.most() ? " | ≤ " : " | ≥ ")
                    .append(Spread.number(bar.bound()))
                    .append(compared ? "×" : "")
                    .append(" | ")
                    .append(Spread.number(measured))
                    .append(compared ? "×" : "")
                    .append(met ? " | met |\n" : " | **missed** |\n");
        }
    }

    private void list(String title, Map<String, String> lines) {
        if (!lines.isEmpty()) {
            text.append("\n").append(title).append(":\n\n");
            lines.forEach((name, line) ->
                    text.append("- ").append(name).append(": ").append(line).append('\n'));
        }
    }

    /**
     * A column.
     *
     * @param title its title
     * @param work the work its figures are of
     * @param figure which figure
     */
    private record Column(String title, String work, String figure) {}
}
