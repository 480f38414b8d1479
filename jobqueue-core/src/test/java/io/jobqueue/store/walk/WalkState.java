package io.jobqueue.store.walk;

import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What a walk remembers: sessions, tokens they were given, terms. Old ones are kept, to be tried again. */
final class WalkState {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int SESSIONS = 3;

    static final List<String> IDS =
            IntStream.range(0, 12).mapToObj(i -> "job-" + i).toList();

    final String queue;
    final RandomGenerator random;

    /** Whether jobs may have ended in one step in an order that no store promises: which goes first is then open. */
    boolean endedTogether;

    private final List<WorkerSession> sessions = new ArrayList<>();
    private final List<Held> tokens = new ArrayList<>();
    private final List<Term> terms = new ArrayList<>();
    private int started;

    /** A token and the session it was given to. */
    record Held(WorkerSession session, ClaimToken token) {}

    WalkState(String queue, RandomGenerator random) {
        this.queue = queue;
        this.random = random;
        for (int i = 0; i < SESSIONS; i++) {
            sessions.add(fresh());
        }
        terms.add(new Term(queue, "nobody", 1));
    }

    WorkerSession session() {
        return sessions.get(random.nextInt(SESSIONS));
    }

    /** Returns the session in its next epoch, which it has from now on. */
    WorkerSession inNextEpoch(WorkerSession session) {
        WorkerSession next = session.nextEpoch();
        sessions.set(sessions.indexOf(session), next);
        return next;
    }

    /** Half of the lost sessions begin anew, the others go on as if they had not noticed. */
    void lost(WorkerSession session) {
        if (random.nextBoolean() && sessions.contains(session)) {
            sessions.set(sessions.indexOf(session), fresh());
        }
    }

    void claimed(WorkerSession session, ClaimToken token) {
        tokens.add(new Held(session, token));
    }

    /** Returns tokens, mostly recent ones of the session, some old, some of other sessions. */
    List<ClaimToken> tokens(WorkerSession session, int most) {
        List<ClaimToken> chosen = new ArrayList<>();
        for (int i = tokens.size() - 1; i >= 0 && chosen.size() < most; i--) {
            Held held = tokens.get(i);
            if (random.nextInt(10) < (held.session().id().equals(session.id()) ? 5 : 1)) {
                chosen.add(held.token());
            }
        }
        return chosen;
    }

    List<ClaimToken> allTokens(WorkerSession session) {
        return tokens.stream()
                .filter(held -> held.session().id().equals(session.id()))
                .map(Held::token)
                .toList();
    }

    Term term() {
        int back = random.nextInt(4) == 0 ? random.nextInt(terms.size()) : 0;
        return terms.get(terms.size() - 1 - back);
    }

    void leads(Term term) {
        terms.add(term);
    }

    String id() {
        return IDS.get(random.nextInt(IDS.size()));
    }

    private WorkerSession fresh() {
        started++;
        return new WorkerSession(queue, "session-" + started, "worker-" + started, LEASE);
    }
}
