package io.jobqueue.store.redis;

import io.jobqueue.Attributes;
import io.jobqueue.Progress;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.JobNotes;
import io.jobqueue.store.WorkerSession;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs leave with their jobs: one script a kind of note. */
final class RedisNotes implements JobNotes {

    private final ScriptRunner engine;
    private final RedisScripts scripts;

    RedisNotes(ScriptRunner engine, RedisScripts scripts) {
        this.engine = engine;
        this.scripts = scripts;
    }

    @Override
    public boolean progress(WorkerSession session, ClaimToken token, Progress progress) {
        ScriptArguments arguments = of(session, token, 1).bytes(ProgressFormat.write(progress));
        return engine.number(scripts.progress, session.queue(), arguments) == 1;
    }

    @Override
    public Noted attributes(WorkerSession session, ClaimToken token, Map<String, @Nullable Object> changes) {
        ScriptArguments arguments = of(session, token, changes.size() * 2 + 2)
                .number(Attributes.MOST)
                .number(changes.size());
        changes.forEach((name, value) -> AttributesFormat.write(name, value, arguments));
        long answer = engine.number(scripts.attributes, session.queue(), arguments);
        return answer == 1 ? Noted.STORED : answer == 0 ? Noted.CLAIM_LOST : Noted.TOO_MANY;
    }

    @Override
    public boolean log(WorkerSession session, ClaimToken token, List<String> lines) {
        ScriptArguments arguments = of(session, token, lines.size() + 1).number(lines.size());
        lines.forEach(arguments::text);
        return engine.number(scripts.log, session.queue(), arguments) == 1;
    }

    private static ScriptArguments of(WorkerSession session, ClaimToken token, int more) {
        return new ScriptArguments(more + 4).session(session).token(token);
    }
}
