package io.jobqueue.store.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Dedup;
import io.jobqueue.JobError;
import io.jobqueue.JobRequest.IfFailed;
import io.jobqueue.Placement;
import io.jobqueue.StallPolicy;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.JobStore;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One step of a walk: a call with all its arguments, to be made on several stores.
 *
 * @param name what it does, for the report; its first word is the kind of the step
 * @param call makes it and shows the answer
 * @param remember takes note of what the first store answered
 */
record WalkStep(String name, Function<JobStore, String> call, Runnable remember) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int[] PRIORITIES = {0, 0, 0, 0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE};

    /** Returns what kind of step it is. */
    String kind() {
        int end = name.indexOf(' ');
        return end < 0 ? name : name.substring(0, end);
    }

    static WalkStep of(String name, Function<JobStore, String> call) {
        return new WalkStep(name, call, () -> {});
    }

    static WalkStep random(WalkState state, Instant now) {
        int dice = state.random.nextInt(124);
        if (dice >= 120) {
            return EventStep.random(state);
        }
        if (dice >= 100) {
            return OperationStep.random(state);
        }
        if (dice < 24) {
            return enqueue(state, now);
        }
        if (dice < 58) {
            return exchange(state);
        }
        if (dice < 62) {
            return renew(state);
        }
        if (dice < 65) {
            return reconcile(state);
        }
        if (dice < 71) {
            return cancel(state);
        }
        if (dice < 74) {
            return NoteStep.random(state);
        }
        if (dice < 78) {
            return lead(state);
        }
        if (dice < 80) {
            return resign(state);
        }
        if (dice < 83) {
            return maintain(
                    "promote-due",
                    state,
                    (store, term) -> store.transitions().promote(term, 3).toString());
        }
        if (dice < 87) {
            return reap(state);
        }
        if (dice == 89) {
            return maintain("audit", state, WalkStep::audited);
        }
        if (dice < 90) {
            PurgeRequest request = new PurgeRequest(100, most(state), most(state), most(state));
            return maintain(
                    "purge " + request,
                    state,
                    (store, term) -> String.valueOf(store.transitions().purge(term, request)));
        }
        return read(state);
    }

    private static @Nullable Integer most(WalkState state) {
        return state.random.nextInt(3) == 0 && !state.endedTogether ? state.random.nextInt(1, 4) : null;
    }

    /** Shows the logs, histories and events of all jobs: too long to be made after each step. */
    static String logs(JobStore store, String queue) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            shown.append(store.ledger().log(queue, "job-" + i))
                    .append(store.ledger().history(queue, "job-" + i))
                    .append('\n');
        }
        return shown.append(EventStep.newest(store, queue)).toString();
    }

    private static WalkStep enqueue(WalkState state, Instant now) {
        RandomGenerator random = state.random;
        List<NewJob> jobs = new ArrayList<>();
        int count = 1 + (random.nextInt(4) == 0 ? random.nextInt(6) : 0);
        for (int i = 0; i < count; i++) {
            boolean at = random.nextInt(8) == 0;
            jobs.add(new NewJob(
                    state.id(),
                    new JobSpec(
                            "type-" + random.nextInt(3),
                            ("{\"n\":" + random.nextInt(1000) + "}").getBytes(UTF_8),
                            PRIORITIES[random.nextInt(PRIORITIES.length)],
                            options(random)),
                    random.nextInt(3) == 0 ? IfFailed.REPLACE : IfFailed.KEEP,
                    at || random.nextInt(4) > 0 ? Duration.ZERO : Duration.ofSeconds(random.nextInt(60)),
                    at ? now.plusSeconds(random.nextInt(-20, 60)) : null,
                    random.nextInt(6) == 0 ? Placement.FRONT : Placement.END,
                    random.nextInt(3) == 0 ? dedup(random) : null,
                    random.nextInt(5) == 0 ? "somebody" : null));
        }
        return of(
                "enqueue " + jobs,
                store -> Shown.enqueued(jobs, store.transitions().enqueue(state.queue, jobs)));
    }

    private static Dedup dedup(RandomGenerator random) {
        String key = "key-" + random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 -> Dedup.untilTerminal(key);
            case 1 -> Dedup.window(key, Duration.ofSeconds(random.nextInt(1, 20)));
            case 2 -> Dedup.untilTerminalOr(key, Duration.ofSeconds(random.nextInt(1, 20)));
            default -> Dedup.debounce(key);
        };
    }

    private static JobOptions options(RandomGenerator random) {
        return random.nextInt(3) > 0
                ? JobOptions.NONE
                : new JobOptions(
                        random.nextInt(1, 5),
                        null,
                        Duration.ofSeconds(random.nextInt(1, 9)),
                        random.nextBoolean() ? HOUR : null,
                        Map.of("k", "v"));
    }

    private static WalkStep exchange(WalkState state) {
        WorkerSession latest = state.session();
        WorkerSession session = latest.epoch() > 0 && state.random.nextInt(8) == 0
                ? new WorkerSession(latest.queue(), latest.id(), latest.worker(), latest.lease(), latest.epoch() - 1)
                : latest;
        RandomGenerator random = state.random;
        List<Settlement> settlements = new ArrayList<>();
        for (ClaimToken token : state.tokens(session, random.nextInt(6))) {
            settlements.add(settlement(token, random));
        }
        ExchangeRequest request = new ExchangeRequest(
                session, settlements, random.nextInt(5), retention(random), types(random), room(random));
        ExchangeAnswer[] first = new ExchangeAnswer[1];
        return new WalkStep(
                "exchange " + request,
                store -> {
                    ExchangeAnswer answer = store.transitions().exchange(request);
                    first[0] = answer;
                    return Shown.exchanged(request, answer);
                },
                () -> {
                    first[0].claims().forEach(claim -> state.claimed(session, claim.token()));
                    if (first[0].sessionLost()) {
                        state.lost(session);
                    }
                });
    }

    private static Set<String> types(RandomGenerator random) {
        return random.nextInt(3) > 0
                ? Set.of()
                : IntStream.range(0, random.nextInt(1, 3))
                        .mapToObj(any -> "type-" + random.nextInt(3))
                        .collect(Collectors.toSet());
    }

    private static Map<String, Integer> room(RandomGenerator random) {
        return random.nextInt(3) > 0
                ? Map.of()
                : IntStream.range(0, random.nextInt(1, 4))
                        .boxed()
                        .collect(Collectors.toMap(type -> "type-" + type, any -> random.nextInt(3)));
    }

    private static Settlement settlement(ClaimToken token, RandomGenerator random) {
        JobError error = new JobError("E" + random.nextInt(3), random.nextBoolean() ? "m" : null, "stack");
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                new Settlement.Complete(
                        token, random.nextBoolean() ? "{\"ok\":1}".getBytes(UTF_8) : null, retention(random));
            case 3, 4 ->
                new Settlement.Retry(
                        token, random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(random.nextInt(40)), error);
            case 5 -> new Settlement.Fail(token, error, retention(random));
            case 6 -> new Settlement.Cancel(token, retention(random));
            case 7 -> new Settlement.Release(token);
            case 8 -> new Settlement.HandBack(token, Duration.ofSeconds(random.nextInt(1, 20)));
            default -> new Settlement.Snooze(token, Duration.ofSeconds(random.nextInt(0, 20)));
        };
    }

    static Duration retention(RandomGenerator random) {
        return random.nextInt(4) == 0 ? Duration.ZERO : Duration.ofSeconds(random.nextInt(1, 120));
    }

    private static WalkStep renew(WalkState state) {
        WorkerSession session = state.session();
        return of("renew " + session, store -> {
            var renewal = store.transitions().renew(session);
            return renewal.alive() + " "
                    + renewal.cancelRequested().stream()
                            .map(ClaimToken::toString)
                            .sorted()
                            .toList();
        });
    }

    private static WalkStep reconcile(WalkState state) {
        WorkerSession latest = state.session();
        WorkerSession session = state.random.nextBoolean() ? state.inNextEpoch(latest) : latest;
        List<ClaimToken> known = state.random.nextBoolean() ? state.allTokens(session) : state.tokens(session, 3);
        int[] first = new int[1];
        return new WalkStep(
                "reconcile " + session + known,
                store -> {
                    first[0] = store.transitions().reconcile(session, known);
                    return String.valueOf(first[0]);
                },
                () -> state.endedTogether |= first[0] > 1);
    }

    private static WalkStep cancel(WalkState state) {
        String id = state.id();
        Duration retention = retention(state.random);
        return of(
                "cancel " + id + " keep " + retention,
                store -> store.transitions().cancel(state.queue, id, retention).toString());
    }

    private static WalkStep lead(WalkState state) {
        String candidate = "leader-" + state.random.nextInt(2);
        List<Term> got = new ArrayList<>();
        return new WalkStep(
                "lead " + candidate,
                store -> {
                    Optional<Term> term = lead(store, state.queue, candidate);
                    term.ifPresent(got::add);
                    return term.toString();
                },
                () -> got.stream().findFirst().ifPresent(state::leads));
    }

    private static Optional<Term> lead(JobStore store, String queue, String candidate) {
        return store.leaderLock().acquire(queue, candidate, Duration.ofSeconds(20));
    }

    private static WalkStep resign(WalkState state) {
        Term term = state.term();
        return of("resign " + term, store -> {
            store.leaderLock().release(term);
            return "";
        });
    }

    private static WalkStep reap(WalkState state) {
        ReapRequest request = new ReapRequest(
                100, stall(state.random), state.random.nextInt(1, 4), retention(state.random), retention(state.random));
        List<Reaped> first = new ArrayList<>();
        WalkStep step = maintain("reap " + request, state, (store, term) -> {
            List<Reaped> reaped = store.transitions().reap(term, request);
            if (first.isEmpty()) {
                first.addAll(reaped);
            }
            return Shown.reaped(reaped).replaceAll("crashes=", "");
        });
        return new WalkStep(step.name(), step.call(), () -> state.endedTogether |= first.size() > 1);
    }

    private static StallPolicy stall(RandomGenerator random) {
        StallPolicy[] all = StallPolicy.values();
        return random.nextBoolean() ? StallPolicy.REQUEUE : all[random.nextInt(all.length)];
    }

    private interface Maintenance {
        String run(JobStore store, Term term);
    }

    /** As whoever is elected for it, or as one who may no longer lead. */
    private static WalkStep maintain(String name, WalkState state, Maintenance maintenance) {
        Term known = state.term();
        boolean elected = state.random.nextBoolean();
        return of(name + " " + (elected ? "elected, else " : "") + known, store -> {
            Optional<Term> won = elected ? lead(store, state.queue, "leader-0") : Optional.empty();
            try {
                return maintenance.run(store, won.orElse(known));
            } catch (StaleTermException e) {
                return "stale";
            }
        });
    }

    private static String audited(JobStore store, Term term) {
        StringBuilder shown = new StringBuilder();
        Audit audit = Audit.SOUND;
        do {
            audit = store.transitions().audit(term, new AuditRequest(audit.next(), HOUR, HOUR));
            shown.append(audit.urgent()).append(audit.found());
        } while (audit.next() != null);
        return shown.indexOf("true") < 0 ? "sound" : shown.toString();
    }

    private static WalkStep read(WalkState state) {
        String id = state.id();
        return of(
                "find " + id,
                store -> Shown.found(store.ledger().find(state.queue, id))
                        + store.ledger().history(state.queue, id)
                        + store.ledger().counts(state.queue));
    }
}
