package io.jobqueue.store.walk;

import io.jobqueue.Progress;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.WorkerSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Steps of a run that leaves something with its job. */
final class NoteStep {

    private static final @Nullable Object[] VALUES = {null, "", "text", true, false, 7L, -0.5};

    private NoteStep() {}

    static WalkStep random(WalkState state) {
        WorkerSession session = state.session();
        ClaimToken token = state.tokens(session, 1).stream().findFirst().orElse(new ClaimToken(state.id(), 1));
        String of = " of " + token + " in " + session;
        return switch (state.random.nextInt(3)) {
            case 0 -> {
                Progress progress = new Progress(state.random.nextInt(101), "note");
                yield WalkStep.of(
                        "progress " + progress + of,
                        store -> String.valueOf(store.notes().progress(session, token, progress)));
            }
            case 1 -> {
                Map<String, @Nullable Object> changes = changes(state.random);
                yield WalkStep.of(
                        "attributes " + changes + of,
                        store -> store.notes()
                                .attributes(session, token, changes)
                                .toString());
            }
            default -> {
                List<String> lines = lines(state.random);
                yield WalkStep.of("log " + lines + of, store -> log(store, session, token, lines));
            }
        };
    }

    private static String log(JobStore store, WorkerSession session, ClaimToken token, List<String> lines) {
        return store.notes().log(session, token, lines) + " " + store.ledger().log(session.queue(), token.jobId());
    }

    private static Map<String, @Nullable Object> changes(RandomGenerator random) {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            changes.put("name-" + random.nextInt(40), VALUES[random.nextInt(VALUES.length)]);
        }
        return changes;
    }

    private static List<String> lines(RandomGenerator random) {
        List<String> lines = new ArrayList<>();
        for (int i = random.nextInt(1, random.nextInt(4) == 0 ? 101 : 4); i > 0; i--) {
            lines.add("line " + random.nextInt(1000));
        }
        return lines;
    }
}
