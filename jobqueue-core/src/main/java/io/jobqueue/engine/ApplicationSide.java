package io.jobqueue.engine;

import io.jobqueue.JobQueue;
import java.time.InstantSource;
import java.util.List;

/** What the application enqueues, asks and listens with; it works whether the engine runs or not. Thread-safe. */
final class ApplicationSide {

    private final JobQueue jobQueue;
    private final Enqueuer enqueuer;
    private final ReplyLine replyLine;
    private final EventLines eventLines;
    private final LineWatch watch;

    ApplicationSide(EngineOptions options, Handlers handlers, InstantSource clock) {
        IdGenerator ids = new IdGenerator(clock);
        JobWriter writer = new JobWriter(
                options.codecs(),
                options.maxPayloadBytes(),
                handlers,
                options.settings(),
                ids,
                new EnqueueInterceptors(options.extensions().enqueueInterceptors()));
        enqueuer = new Enqueuer(
                options.store(),
                new QueueWriters(options.store().behind(), options.settings(), options.workers()),
                ids,
                options.context().listener(),
                options.observer());
        JobReader reader = new JobReader(options.codecs());
        watch = new LineWatch(options.stuckAfter(), options.context());
        replyLine = new ReplyLine(options.store(), options.replies(), watch, options.context());
        eventLines = new EventLines(options.store(), options.claimWait(), watch, options.context());
        jobQueue = new StoreJobQueue(
                options.store(),
                options.settings(),
                writer,
                enqueuer,
                new Deferral(options.transactions(), options.enqueueTiming(), enqueuer),
                reader,
                new Replies(replyLine, writer, enqueuer, reader),
                eventLines,
                options.context().listener());
    }

    JobQueue jobQueue() {
        return jobQueue;
    }

    /** Returns what keeps it from being told of results and events, for people. */
    List<String> troubles() {
        return watch.troubles();
    }

    /** Enqueues nothing more. */
    void closeEnqueuer() {
        enqueuer.close();
    }

    /** Ends all waiting for results and all listening. */
    void closeLines() {
        replyLine.close();
        eventLines.close();
        watch.close();
    }
}
