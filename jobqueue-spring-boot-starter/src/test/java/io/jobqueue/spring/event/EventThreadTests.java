package io.jobqueue.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class EventThreadTests {

    private static final long LONG = 20_000;

    private final List<Object> published = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch leave = new CountDownLatch(1);

    private static JobQueueEvent event(String queue) {
        return new QueuePausedEvent(queue, null);
    }

    private void publishSlowly(Object event) {
        entered.countDown();
        try {
            leave.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        published.add(event);
    }

    @Test
    void eventsArePublishedInTheirOrderAndAllOfThemBeforeTheStop() {
        EventThread thread = new EventThread(published::add);
        thread.add(event("before the start"));
        thread.start();
        thread.add(event("after it"));
        thread.stop(LONG);
        thread.add(event("after the stop"));

        assertThat(published).containsExactly(event("before the start"), event("after it"));
    }

    @Test
    void startAndStopMayBeRepeated() {
        EventThread thread = new EventThread(published::add);
        thread.stop(LONG);
        thread.start();
        thread.start();
        thread.stop(LONG);
        thread.stop(LONG);
        thread.start();
        thread.add(event("again"));
        thread.stop(LONG);

        assertThat(published).containsExactly(event("again"));
    }

    @Test
    void stopDoesNotWaitForEverForAListenerThatHangs() throws Exception {
        EventThread thread = new EventThread(this::publishSlowly);
        thread.start();
        thread.add(event("slow"));
        thread.add(event("behind it"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        thread.stop(1);
        leave.countDown();

        assertThat(published).doesNotContain(event("behind it"));
    }

    @Test
    void whatAHangingListenerHasKeptFromBeingPublishedIsCountedAtTheStop(CapturedOutput output) throws Exception {
        EventThread thread = new EventThread(this::publishSlowly);
        thread.start();
        thread.add(event("slow"));
        thread.add(event("behind it"));
        thread.add(event("last"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        thread.stop(1);

        assertThat(output).contains(" 2 application events were dropped");
        leave.countDown();
    }

    @Test
    void eventAfterTheStopIsDroppedWithOneWarningUntilTheNextStart(CapturedOutput output) {
        EventThread thread = new EventThread(published::add);
        thread.start();
        thread.stop(LONG);
        thread.add(event("late"));
        thread.add(event("later"));

        assertThat(output)
                .containsOnlyOnce("came after the stop of its listeners")
                .contains("queue=late,")
                .doesNotContain("later");
        assertThat(published).isEmpty();
    }

    @Test
    void listenerMayStopTheThreadItIsCalledOn() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        EventThread[] thread = new EventThread[1];
        thread[0] = new EventThread(event -> {
            thread[0].stop(LONG);
            published.add(Thread.currentThread().isInterrupted());
            stopped.countDown();
        });
        thread[0].start();
        thread[0].add(event("last"));

        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(published).containsExactly(false);
    }

    @Test
    void moreEventsThanCanWaitAreDroppedAndCounted(CapturedOutput output) throws Exception {
        EventThread thread = new EventThread(this::publishSlowly);
        thread.start();
        thread.add(event("first"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < EventThread.MOST_WAITING + 7; i++) {
            thread.add(event("mails"));
        }
        leave.countDown();

        await().untilAsserted(() -> assertThat(output).contains("application events were dropped"));
        assertThat(output)
                .containsOnlyOnce("further events are dropped")
                .contains(" 7 application events were dropped");
        thread.stop(LONG);
    }
}
