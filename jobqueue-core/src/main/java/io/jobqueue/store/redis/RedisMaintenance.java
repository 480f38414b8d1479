package io.jobqueue.store.redis;

import io.jobqueue.JobError;
import io.jobqueue.JobState;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.Promotion;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.StaleTermException;
import io.jobqueue.store.Term;
import java.util.ArrayList;
import java.util.List;

/** What a leader does: one script a step, each checks the term before it writes. */
final class RedisMaintenance {

    private static final int PARTS_OF_REAPED = 3;

    private final ScriptRunner engine;
    private final RedisScripts scripts;
    private final QueueRegistry registry;

    RedisMaintenance(ScriptRunner engine, RedisScripts scripts, QueueRegistry registry) {
        this.engine = engine;
        this.scripts = scripts;
        this.registry = registry;
    }

    Promotion promote(Term term, int limit) {
        List<?> answer = listOf(
                term,
                engine.run(
                        scripts.promote,
                        term.queue(),
                        new ScriptArguments(4).term(term).number(limit)));
        return new Promotion(((Long) answer.get(0)).intValue(), ExchangeFormat.untilDue((byte[]) answer.get(1)));
    }

    List<Reaped> reap(Term term, ReapRequest request) {
        byte[] error = ErrorFormat.write(request.error(), new BinaryWriter(128)).toBytes();
        List<Reaped> reaped = new ArrayList<>();
        String cursor = "0";
        String started = "";
        do {
            ScriptArguments arguments = new ScriptArguments(11)
                    .text(term.queue())
                    .term(term)
                    .number(request.limit() - reaped.size())
                    .number(request.lastCrash())
                    .millis(request.failedRetention())
                    .millis(request.cancelledRetention())
                    .bytes(error)
                    .text(cursor)
                    .text(started);
            List<?> answer = listOf(term, engine.run(scripts.reap, term.queue(), arguments));
            cursor = RedisTransitions.text(answer.get(0));
            started = RedisTransitions.text(answer.get(1));
            for (int i = 2; i < answer.size(); i += PARTS_OF_REAPED) {
                reaped.add(new Reaped(
                        RedisTransitions.text(answer.get(i)), ((Long) answer.get(i + 1)).intValue(), state((Long)
                                answer.get(i + 2))));
            }
        } while (!cursor.equals("0") && reaped.size() < request.limit());
        return reaped;
    }

    int purge(Term term, PurgeRequest request) {
        ScriptArguments arguments = new ScriptArguments(7)
                .term(term)
                .number(request.limit())
                .numberOrEmpty(request.maxCompleted())
                .numberOrEmpty(request.maxFailed())
                .numberOrEmpty(request.maxCancelled());
        long removed = engine.number(scripts.purge, term.queue(), arguments);
        if (removed < 0) {
            throw new StaleTermException(term);
        }
        return (int) removed;
    }

    Audit audit(Term term, AuditRequest request) {
        byte[] error =
                ErrorFormat.write(JobError.lostOutcome(), new BinaryWriter(256)).toBytes();
        ScriptArguments arguments = new ScriptArguments(8)
                .text(term.queue())
                .term(term)
                .millis(request.lease())
                .millis(request.failedRetention())
                .bytes(error)
                .text(request.cursor() == null ? "" : request.cursor());
        List<?> answer = listOf(term, engine.run(scripts.audit, term.queue(), arguments));
        registry.keep(term.queue(), engine);
        String next = RedisTransitions.text(answer.get(0));
        return new Audit(
                next.isEmpty() ? null : next,
                (Long) answer.get(1) == 1,
                ((Long) answer.get(2)).intValue(),
                ((Long) answer.get(3)).intValue(),
                ((Long) answer.get(4)).intValue());
    }

    private static List<?> listOf(Term term, Object answer) {
        if (answer instanceof List<?> list) {
            return list;
        }
        throw new StaleTermException(term);
    }

    private static JobState state(long number) {
        return number == 0 ? JobState.WAITING : OutcomeFormat.state((int) number);
    }
}
