package io.jobqueue.store.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Steps of an operator. */
final class OperationStep {

    private static final JobState[] ENDS = {JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED};
    private static final JobState[] STATES = {
        JobState.SCHEDULED, JobState.WAITING, JobState.ACTIVE, JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED
    };

    private OperationStep() {}

    static WalkStep random(WalkState state) {
        RandomGenerator random = state.random;
        String queue = state.queue;
        String id = state.id();
        Duration retention = WalkStep.retention(random);
        String type = random.nextInt(3) == 0 ? null : "type-" + random.nextInt(3);
        String worker = state.session().worker();
        JobState end = ENDS[random.nextInt(ENDS.length)];
        if (random.nextInt(60) == 0) {
            boolean force = random.nextBoolean();
            return WalkStep.of(
                    "obliterate" + (force ? " by force" : ""),
                    store -> String.valueOf(store.operations().obliterate(queue, force)));
        }
        return switch (random.nextInt(17)) {
            case 0 ->
                WalkStep.of(
                        "remove " + id,
                        store -> store.operations().remove(queue, id).toString());
            case 1, 2 -> {
                List<String> ids = List.of(id, state.id());
                yield WalkStep.of(
                        "replay " + ids,
                        store -> store.operations().replay(queue, ids).toString());
            }
            case 3 ->
                WalkStep.of(
                        "promote-now " + id,
                        store -> String.valueOf(store.operations().promote(queue, id)));
            case 4, 5 -> change(queue, id, random);
            case 6 ->
                WalkStep.of(
                        "retain " + id + " " + retention,
                        store -> String.valueOf(store.operations().retain(queue, id, retention)));
            case 7 ->
                WalkStep.of("pause " + type, store -> {
                    store.operations().pause(queue, type);
                    return paused(store, queue);
                });
            case 8, 9 ->
                WalkStep.of("resume " + type, store -> {
                    store.operations().resume(queue, type);
                    return paused(store, queue);
                });
            case 12 ->
                WalkStep.of("pause " + worker, store -> {
                    store.workers().pause(queue, worker);
                    return paused(store, queue);
                });
            case 13, 14 ->
                WalkStep.of("resume " + worker, store -> {
                    store.workers().resume(queue, worker);
                    return paused(store, queue);
                });
            case 10 ->
                random.nextInt(4) == 0
                        ? WalkStep.of(
                                "drain",
                                store -> String.valueOf(store.operations().drain(queue, 100)))
                        : WalkStep.of(
                                "clean " + end + " " + retention,
                                store -> String.valueOf(store.operations().clean(queue, end, retention, 100)));
            case 15, 16 -> search(queue, state, random);
            default -> list(queue, random);
        };
    }

    private static WalkStep change(String queue, String id, RandomGenerator random) {
        JobChange change = new JobChange(
                random.nextBoolean() ? random.nextInt(-1, 2) : null,
                random.nextBoolean() ? Duration.ofSeconds(random.nextInt(3) * 10L) : null,
                random.nextBoolean() ? "{\"changed\":1}".getBytes(UTF_8) : null);
        return WalkStep.of(
                "change " + id + " " + change,
                store -> String.valueOf(store.operations().change(queue, id, change)));
    }

    private static String paused(JobStore store, String queue) {
        return store.operations().isPaused(queue) + " "
                + new TreeSet<>(store.operations().pausedTypes(queue))
                + new TreeSet<>(store.workers().paused(queue));
    }

    private static WalkStep search(String queue, WalkState state, RandomGenerator random) {
        JobQuery query = new JobQuery(
                random.nextBoolean() ? STATES[random.nextInt(STATES.length)] : null,
                random.nextBoolean() ? "type-" + random.nextInt(3) : null,
                random.nextBoolean() ? "job-" : "",
                random.nextInt(3) == 0 ? state.id().substring(4) : "",
                Map.of());
        int limit = random.nextInt(1, 5);
        return WalkStep.of("search " + query + " by " + limit, store -> {
            List<String> ids = new ArrayList<>();
            String cursor = null;
            do {
                JobPage page = store.ledger().search(queue, query, cursor, limit);
                page.jobs().forEach(job -> ids.add(job.id() + " " + job.state()));
                cursor = page.next();
            } while (cursor != null);
            return ids.stream().sorted().toList().toString();
        });
    }

    private static WalkStep list(String queue, RandomGenerator random) {
        JobState state = STATES[random.nextInt(STATES.length)];
        int limit = random.nextInt(1, 5);
        return WalkStep.of("list " + state + " by " + limit, store -> {
            List<StoredJob> jobs = new ArrayList<>();
            String cursor = null;
            do {
                JobPage page = store.ledger().list(queue, state, cursor, limit);
                jobs.addAll(page.jobs());
                cursor = page.next();
            } while (cursor != null);
            boolean ordered = state == JobState.SCHEDULED;
            if (!ordered) {
                jobs.sort(Comparator.comparing(StoredJob::id));
            }
            List<String> ids = jobs.stream().map(StoredJob::id).toList();
            List<Optional<JobState>> states =
                    ids.isEmpty() ? List.of() : store.ledger().states(queue, ids);
            return ids + " " + states;
        });
    }
}
