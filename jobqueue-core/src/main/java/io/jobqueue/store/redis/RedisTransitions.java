package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.jobqueue.Cancellation;
import io.jobqueue.JobQueueException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.StoreUnavailableException.Outcome;
import io.jobqueue.store.Audit;
import io.jobqueue.store.AuditRequest;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.EnqueueSize;
import io.jobqueue.store.ExchangeAnswer;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.HandOver;
import io.jobqueue.store.JobTransitions;
import io.jobqueue.store.NewJob;
import io.jobqueue.store.PartlyStored;
import io.jobqueue.store.Promotion;
import io.jobqueue.store.PurgeRequest;
import io.jobqueue.store.ReapRequest;
import io.jobqueue.store.Reaped;
import io.jobqueue.store.Renewal;
import io.jobqueue.store.Settlement;
import io.jobqueue.store.Term;
import io.jobqueue.store.WorkerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The life of jobs: one script a transition. */
final class RedisTransitions implements JobTransitions {

    private static final int MOST_BATCHES_AT_ONCE = 16;
    private static final long MOST_BYTES_AT_ONCE = 512 * 1024;

    private final ScriptRunner application;
    private final ScriptRunner engine;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final QueueRegistry registry;
    private final boolean repeatsCalls;
    private final boolean mayPipeline;
    private final RedisMaintenance maintenance;

    /**
     * @param repeatsCalls whether a call of the application may be made twice without anybody being told
     * @param mayPipeline whether calls of the application may be made before the last is answered
     */
    RedisTransitions(
            ScriptRunner application,
            ScriptRunner engine,
            RedisScripts scripts,
            RedisKeys keys,
            QueueRegistry registry,
            boolean repeatsCalls,
            boolean mayPipeline) {
        this.application = application;
        this.engine = engine;
        this.scripts = scripts;
        this.keys = keys;
        this.registry = registry;
        this.repeatsCalls = repeatsCalls;
        this.mayPipeline = mayPipeline;
        this.maintenance = new RedisMaintenance(engine, scripts, registry);
    }

    @Override
    public List<EnqueueAnswer> enqueue(String queue, List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return List.of();
        }
        EnqueueSize.require(jobs);
        registry.add(queue);
        List<EnqueueAnswer> answers =
                answers(queue, jobs, application.run(scripts.enqueue, queue, NewJobFormat.write(jobs, keys)));
        return repeatsCalls ? answers.stream().map(EnqueueAnswer::maybeToOwn).toList() : answers;
    }

    private List<EnqueueAnswer> answers(String queue, List<NewJob> jobs, Object answer) {
        return NewJobFormat.answers(jobs, answer, again(queue, jobs.size()));
    }

    /** Whatever goes wrong here, the other jobs of the call are stored. */
    private Function<NewJob, EnqueueAnswer> again(String queue, int jobs) {
        return job -> {
            try {
                return enqueue(queue, List.of(job)).get(0);
            } catch (JobQueueException e) {
                throw PartlyStored.explain(e, jobs - 1);
            }
        };
    }

    @Override
    public List<EnqueueAnswer> enqueueAll(String queue, List<List<NewJob>> batches) {
        if (!mayPipeline) {
            return JobTransitions.super.enqueueAll(queue, batches);
        }
        EnqueueSize.requireAll(batches);
        registry.add(queue);
        List<EnqueueAnswer> answers = new ArrayList<>();
        for (int from = 0; from < batches.size(); ) {
            int to = endOfGroup(batches, from);
            JobQueueException failure = enqueueGroup(queue, batches.subList(from, to), answers);
            if (failure != null) {
                throw answers.isEmpty() ? failure : PartlyStored.explain(failure, answers.size());
            }
            from = to;
        }
        return answers;
    }

    /** Returns which batches are sent together: so much that a server which reads nothing does not block the writing. */
    private static int endOfGroup(List<List<NewJob>> batches, int from) {
        long bytes = 0;
        int to = from;
        while (to < batches.size() && to - from < MOST_BATCHES_AT_ONCE && bytes < MOST_BYTES_AT_ONCE) {
            bytes += batches.get(to).stream()
                    .mapToLong(job -> job.spec().payload().length)
                    .sum();
            to++;
        }
        return to;
    }

    /** Adds the answers; returns the failure that leaves most open when there is one, and then some of the answers. */
    private @Nullable JobQueueException enqueueGroup(
            String queue, List<List<NewJob>> batches, List<EnqueueAnswer> answers) {
        try {
            Iterator<PipelinedAnswer> answered = application
                    .runAll(scripts.enqueue, queue, batches.stream().map(batch -> NewJobFormat.write(batch, keys)))
                    .iterator();
            JobQueueException failure = null;
            for (List<NewJob> batch : batches) {
                try {
                    PipelinedAnswer answer = answered.next();
                    answers.addAll(
                            answer.isScriptForgotten() && failure == null
                                    ? enqueue(queue, batch)
                                    : answers(queue, batch, answer.get()));
                } catch (StoreUnavailableException e) {
                    failure = failure == null || e.outcome() == Outcome.UNKNOWN ? e : failure;
                } catch (JobQueueException e) {
                    failure = failure == null ? e : failure;
                }
            }
            return failure;
        } catch (JobQueueException e) {
            return e;
        }
    }

    /** A client that makes calls again by itself would lose the answer that tells of the claims. */
    @Override
    public HandOver handOver(WorkerSession session, List<NewJob> jobs) {
        EnqueueSize.require(jobs);
        if (repeatsCalls || jobs.isEmpty() || !NewJobFormat.arePlain(jobs)) {
            return JobTransitions.super.handOver(session, jobs);
        }
        registry.add(session.queue());
        ScriptArguments arguments = NewJobFormat.write(session, jobs, keys);
        return NewJobFormat.handOver(
                jobs,
                application.run(scripts.enqueue, session.queue(), arguments),
                again(session.queue(), jobs.size()));
    }

    @Override
    public ExchangeAnswer exchange(ExchangeRequest request) {
        WorkerSession session = request.session();
        List<? extends Settlement> settlements = request.settlements();
        ScriptArguments arguments = new ScriptArguments(settlements.size() * 3
                        + 15
                        + request.types().size()
                        + request.room().size())
                .text(session.queue())
                .workerOf(session)
                .millis(request.cancelledRetention())
                .number(request.claims());
        SettlementFormat.write(request, keys, arguments);
        Object answer = engine.run(scripts.exchange, session.queue(), arguments);
        return answer instanceof List<?> parts
                ? ExchangeFormat.read(parts, settlements.size())
                : ExchangeFormat.sessionLost(settlements.size());
    }

    @Override
    public Renewal renew(WorkerSession session) {
        Set<ClaimToken> cancelRequested = new LinkedHashSet<>(); // a scan may come past one twice
        String cursor = "0";
        do {
            Object answer = engine.run(
                    scripts.renew,
                    session.queue(),
                    new ScriptArguments(3).leaseOf(session).text(cursor));
            if (!(answer instanceof List<?> page)) {
                return new Renewal(false, List.of());
            }
            cursor = text(page.get(0));
            for (int i = 1; i < page.size(); i += 2) {
                cancelRequested.add(new ClaimToken(text(page.get(i)), Long.parseLong(text(page.get(i + 1)))));
            }
        } while (!cursor.equals("0"));
        return new Renewal(true, List.copyOf(cancelRequested));
    }

    @Override
    public int reconcile(WorkerSession session, Collection<ClaimToken> known) {
        int released = 0;
        long kept = 0;
        String cursor = "0";
        do {
            ScriptArguments arguments = new ScriptArguments(known.size() * 2 + 8)
                    .text(session.queue())
                    .leaseOf(session)
                    .number(session.epoch())
                    .text(cursor)
                    .number(kept)
                    .number(known.size());
            known.forEach(arguments::token);
            List<Object> answer = engine.list(scripts.reconcile, session.queue(), arguments);
            cursor = text(answer.get(0));
            released += ((Long) answer.get(1)).intValue();
            kept = (Long) answer.get(2);
        } while (!cursor.equals("0"));
        return released;
    }

    @Override
    public Cancellation cancel(String queue, String jobId, Duration retention) {
        Object answer = application.run(
                scripts.cancel,
                queue,
                new ScriptArguments(5).text(queue).text(jobId).millis(retention).text(keys.cancellations(queue)));
        return switch (text(answer)) {
            case "C" -> Cancellation.CANCELLED;
            case "R" -> Cancellation.REQUESTED;
            case "E" -> Cancellation.ENDED;
            default -> Cancellation.NOT_FOUND;
        };
    }

    @Override
    public Promotion promote(Term term, int limit) {
        return maintenance.promote(term, limit);
    }

    @Override
    public List<Reaped> reap(Term term, ReapRequest request) {
        return maintenance.reap(term, request);
    }

    @Override
    public int purge(Term term, PurgeRequest request) {
        return maintenance.purge(term, request);
    }

    @Override
    public Audit audit(Term term, AuditRequest request) {
        return maintenance.audit(term, request);
    }

    static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    static long number(Object digits) {
        return Long.parseLong(new String((byte[]) digits, ISO_8859_1));
    }
}
