package io.jobqueue.store.redis;

import io.jobqueue.JobEvent;
import io.jobqueue.store.EventPage;
import io.jobqueue.store.JobEvents;
import io.jobqueue.store.JobSignals.Subscription;
import io.jobqueue.store.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The events of the jobs: a list of the newest, which the scripts write, and a channel for hints. */
final class RedisEvents implements JobEvents {

    private static final int FIRST_EVENT = 2;

    private final ScriptRunner engine;
    private final RedisScripts scripts;
    private final RedisKeys keys;
    private final ChannelSubscriber subscriber;

    RedisEvents(ScriptRunner engine, RedisScripts scripts, RedisKeys keys, ChannelSubscriber subscriber) {
        this.engine = engine;
        this.scripts = scripts;
        this.keys = keys;
        this.subscriber = subscriber;
    }

    @Override
    public Watch watch(String queue, Duration hold) {
        List<Object> answer = engine.list(scripts.watch, queue, new ScriptArguments(2).millis(hold));
        return new Watch((Long) answer.get(0), (Long) answer.get(1) == 1);
    }

    @Override
    public EventPage since(String queue, long sequence, int limit) {
        ScriptArguments arguments = new ScriptArguments(3).number(sequence).number(limit);
        List<Object> answer = engine.list(scripts.since, queue, arguments);
        long newest = (Long) answer.get(0);
        long missed = (Long) answer.get(1);
        long last = (sequence > newest ? 0 : sequence) + missed;
        List<JobEvent> events = new ArrayList<>(answer.size());
        for (Object stored : answer.subList(FIRST_EVENT, answer.size())) {
            last++;
            JobEvent event = EventFormat.read((byte[]) stored, last, queue);
            if (event != null) {
                events.add(event);
            } else {
                missed++;
            }
        }
        return new EventPage(events, missed, last, last < newest);
    }

    @Override
    public Subscription subscribe(String queue, Runnable hint) {
        EventSubscription subscription = new EventSubscription(keys.eventChannel(queue), hint, subscriber);
        subscriber.add(subscription);
        return subscription;
    }
}
