package io.jobqueue.spring.autoconfigure;

/** Writes the name of a queue as a part of a property, as a user would. */
final class QueuePath {

    private QueuePath() {}

    /** Returns {@code jobqueue.queues.mails}, or {@code jobqueue.queues[order.events]} where the dot would not do. */
    static String of(String queue) {
        return "jobqueue.queues" + (queue.matches("[a-z0-9-]+") ? "." + queue : "[" + queue + "]");
    }
}
