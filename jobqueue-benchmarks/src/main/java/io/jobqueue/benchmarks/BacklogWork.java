package io.jobqueue.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job costs the server while much else is in its queue. Every {@link Backlog} is on a server of its own, and all
 * of them are there at once. Then jobs are enqueued one by one and as many are worked off, a few thousand at a time so that
 * the backlogs keep their sizes, on one server after the other and again: a machine whose speed changes between minutes
 * changes the figures of all of them, and hardly the ratios of a turn. Each time another server is the first. Starting and
 * stopping the worker is part of every turn.
 *
 * <p>On a server that is given, all backlogs are queues of it.
 */
final class BacklogWork implements Work {

    /** What is measured is kept when it has ended. A million and this part of it stay below 2^20, where tables grow. */
    private static final int MEASURED_OF_BACKLOG = 25;

    private static final int TURN_OF_BACKLOG = 500;

    private final Bench bench;

    BacklogWork(Bench bench) {
        this.bench = bench;
    }

    @Override
    public Map<String, Double> run() throws InterruptedException {
        List<BacklogSite> sites = new ArrayList<>();
        try {
            for (Backlog backlog : Backlog.upTo(bench.options().backlog())) {
                sites.add(BacklogSite.open(backlog, bench, String.valueOf(sites.size())));
            }
            return measure(sites);
        } finally {
            closeAll(sites);
        }
    }

    /** Those whose server is gone must not keep the others open. */
    private static void closeAll(List<BacklogSite> sites) {
        for (BacklogSite site : sites) {
            try {
                site.close();
            } catch (RuntimeException e) {
                System.out.println("a server could not be left in order: " + e.getMessage());
            }
        }
    }

    private Map<String, Double> measure(List<BacklogSite> sites) throws InterruptedException {
        int most = bench.options().backlog();
        int jobs = Math.max(1, Math.min(bench.options().jobs(), most / MEASURED_OF_BACKLOG));
        int turn = Math.max(1, Math.min(jobs, most / TURN_OF_BACKLOG));
        for (BacklogSite site : sites) {
            site.fill(bench.options().jobs());
            site.awaitRest();
            site.firstTurn(turn);
        }
        sites.forEach(BacklogSite::awaitRest);
        int first = bench.round();
        for (int done = 0; done < jobs; done += turn) {
            for (int i = 0; i < sites.size(); i++) {
                sites.get((first + i) % sites.size()).turn(turn);
            }
            first++;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        sites.forEach(site -> site.addTo(figures, sites.get(0)));
        return figures;
    }
}
