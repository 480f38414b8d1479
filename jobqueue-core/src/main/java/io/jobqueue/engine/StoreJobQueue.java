package io.jobqueue.engine;

import io.jobqueue.Attempt;
import io.jobqueue.Cancellation;
import io.jobqueue.Durations;
import io.jobqueue.Enqueued;
import io.jobqueue.InvalidJobException;
import io.jobqueue.JobId;
import io.jobqueue.JobListener;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobSubscription;
import io.jobqueue.LiveWorker;
import io.jobqueue.Names;
import io.jobqueue.QueueCounts;
import io.jobqueue.QueueOperations;
import io.jobqueue.QueueOverview;
import io.jobqueue.Values;
import io.jobqueue.store.EnqueueAnswer;
import io.jobqueue.store.JobStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The application's side of an engine, on a store. */
final class StoreJobQueue implements JobQueue {

    private static final int MOST_COLLISIONS = 3;

    private final JobStore store;
    private final Settings settings;
    private final JobWriter writer;
    private final Enqueuer enqueuer;
    private final Deferral deferral;
    private final JobReader reader;
    private final Replies replies;
    private final EventLines eventLines;
    private final EngineListener listener;

    StoreJobQueue(
            JobStore store,
            Settings settings,
            JobWriter writer,
            Enqueuer enqueuer,
            Deferral deferral,
            JobReader reader,
            Replies replies,
            EventLines eventLines,
            EngineListener listener) {
        this.store = store;
        this.settings = settings;
        this.writer = writer;
        this.enqueuer = enqueuer;
        this.deferral = deferral;
        this.reader = reader;
        this.replies = replies;
        this.eventLines = eventLines;
        this.listener = listener;
    }

    @Override
    public Enqueued enqueue(Object payload) {
        if (payload instanceof JobRequest request) {
            return enqueue(request);
        }
        return enqueue(JobRequest.of(payload).build());
    }

    @Override
    public Enqueued enqueue(String type, Object payload) {
        return enqueue(JobRequest.of(type, payload).build());
    }

    @Override
    public Enqueued enqueue(JobRequest request) {
        PreparedJob prepared = write(request);
        if (deferral.concerns(prepared)) {
            deferral.hold(List.of(prepared));
            return deferred(prepared);
        }
        EnqueueAnswer answer = enqueuer.enqueue(prepared);
        for (int i = 0; prepared.collides(answer) && i < MOST_COLLISIONS; i++) {
            prepared = writer.renewId(prepared);
            answer = enqueuer.enqueue(prepared);
        }
        return enqueued(prepared, answer);
    }

    @Override
    public List<Enqueued> enqueueAll(Collection<JobRequest> requests) {
        List<PreparedJob> prepared = prepare(requests);
        List<PreparedJob> held = prepared.stream().filter(deferral::concerns).toList();
        return held.isEmpty() ? storeAll(prepared) : storeOthers(prepared, held);
    }

    private List<Enqueued> storeAll(List<PreparedJob> prepared) {
        List<EnqueueAnswer> answers = enqueuer.enqueueAll(prepared);
        List<Enqueued> enqueued = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            enqueued.add(enqueued(prepared.get(i), answers.get(i)));
        }
        return List.copyOf(enqueued);
    }

    private List<Enqueued> storeOthers(List<PreparedJob> prepared, List<PreparedJob> held) {
        IdentityHashMap<PreparedJob, Enqueued> answers = new IdentityHashMap<>();
        held.forEach(job -> answers.put(job, deferred(job)));
        List<PreparedJob> others =
                prepared.stream().filter(job -> !answers.containsKey(job)).toList();
        List<Enqueued> stored = others.isEmpty() ? List.of() : storeAll(others);
        for (int i = 0; i < stored.size(); i++) {
            answers.put(others.get(i), stored.get(i));
        }
        deferral.hold(held);
        return prepared.stream().map(answers::get).map(Objects::requireNonNull).toList();
    }

    private static Enqueued deferred(PreparedJob prepared) {
        return new Enqueued(prepared.id(), Enqueued.Status.DEFERRED, null, null);
    }

    @Override
    public <R> @Nullable R enqueueAndWait(JobRequest request, Class<R> resultType, Duration timeout) {
        requireWait(resultType, timeout);
        return replies.await(writeToAwait(request), resultType, timeout);
    }

    @Override
    public <R> CompletableFuture<@Nullable R> enqueueForResult(
            JobRequest request, Class<R> resultType, Duration timeout) {
        try {
            requireWait(resultType, timeout);
            return replies.future(writeToAwait(request), resultType, timeout);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public Optional<JobSnapshot> find(JobId id) {
        requireId(id);
        return store.ledger().find(id.queue(), id.value()).map(stored -> reader.read(id, stored));
    }

    @Override
    public List<Attempt> history(JobId id) {
        requireId(id);
        return store.ledger().history(id.queue(), id.value());
    }

    @Override
    public List<JobSnapshot> locate(String jobId) {
        Names.require("job id", jobId);
        return byName().map(queue -> find(JobId.of(queue, jobId)))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public List<QueueOverview> overview() {
        return byName().map(store.ledger()::overview).toList();
    }

    private Stream<String> byName() {
        return store.ledger().queues().stream().sorted();
    }

    @Override
    public Cancellation cancel(JobId id) {
        requireId(id);
        return store.transitions()
                .cancel(id.queue(), id.value(), settings.rules(id.queue()).cancelledRetention());
    }

    @Override
    public QueueCounts counts(String queue) {
        return store.ledger().counts(Names.require("queue", queue));
    }

    @Override
    public QueueOperations queue(String name) {
        return new StoreQueueOperations(Names.require("queue", name), store, writer, reader, listener);
    }

    @Override
    public Set<String> queues() {
        return store.ledger().queues();
    }

    @Override
    public JobSubscription listen(String queue, JobListener listener) {
        return eventLines.listen(
                Names.require("queue", queue),
                Values.require("listener", listener, "give one that is told what happens to jobs"));
    }

    @Override
    public List<LiveWorker> workers(String queue) {
        return queue(queue).workers();
    }

    @Override
    public void pauseAll() {
        queues().forEach(queue -> queue(queue).pause());
    }

    @Override
    public void resumeAll() {
        queues().forEach(queue -> queue(queue).resume());
    }

    private List<PreparedJob> prepare(Collection<JobRequest> requests) {
        Values.require("requests", requests, "give a collection, empty for none");
        List<PreparedJob> prepared = new ArrayList<>(requests.size());
        for (JobRequest request : requests) {
            try {
                prepared.add(writer.write(requireRequest(request)));
            } catch (InvalidJobException e) {
                throw new InvalidJobException(
                        "request " + prepared.size() + " of " + requests.size() + ": " + e.getMessage()
                                + "; nothing was stored",
                        e);
            }
        }
        return prepared;
    }

    private PreparedJob write(@Nullable JobRequest request) {
        return writer.write(Values.require("request", request, "give one of JobRequest.of(type, payload)"));
    }

    private PreparedJob writeToAwait(@Nullable JobRequest request) {
        PreparedJob prepared = write(request);
        deferral.requireNoWait(prepared);
        return prepared;
    }

    private static void requireWait(@Nullable Class<?> resultType, @Nullable Duration timeout) {
        Values.require("resultType", resultType, "give the class of the result, Void.class to ignore it");
        Durations.requirePositive("timeout", timeout);
    }

    private static void requireId(@Nullable JobId id) {
        Values.require("job id", id, "give the id that the enqueue returned, or JobId.of(queue, id)");
    }

    private static JobRequest requireRequest(@Nullable JobRequest request) {
        if (request == null) {
            throw new InvalidJobException("is null; leave it out");
        }
        return request;
    }

    private Enqueued enqueued(PreparedJob prepared, EnqueueAnswer answer) {
        return new Enqueued(
                JobId.of(prepared.queue(), answer.id()),
                answer.status(),
                answer.state(),
                reader.data(prepared.job().spec().type(), answer.result()));
    }
}
