package io.jobqueue.store.redis;

import io.jobqueue.store.LeaderLock;
import io.jobqueue.store.Term;
import java.time.Duration;
import java.util.Optional;

/** Elects a leader a queue, by the server's clock and without a key that expires by itself. */
final class RedisLeaderLock implements LeaderLock {

    private final ScriptRunner engine;
    private final RedisScripts scripts;

    RedisLeaderLock(ScriptRunner engine, RedisScripts scripts) {
        this.engine = engine;
        this.scripts = scripts;
    }

    @Override
    public Optional<Term> acquire(String queue, String candidate, Duration ttl) {
        long number = engine.number(
                scripts.lead, queue, new ScriptArguments(3).text(candidate).millis(ttl));
        return number == 0 ? Optional.empty() : Optional.of(new Term(queue, candidate, number));
    }

    @Override
    public void release(Term term) {
        engine.run(scripts.resign, term.queue(), new ScriptArguments(3).term(term));
    }
}
