package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobThreadsTests {

    private static final int MOST = 20;

    private final JobThreads threads = new JobThreads("test-job", MOST);

    @AfterEach
    void close() {
        threads.close();
    }

    private static boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(20, TimeUnit.SECONDS);
    }

    @Test
    void blockingTasksRunAllAtOnce() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            CyclicBarrier barrier = new CyclicBarrier(MOST);
            CountDownLatch met = new CountDownLatch(MOST);
            for (int i = 0; i < MOST; i++) {
                threads.execute(() -> {
                    try {
                        barrier.await(20, TimeUnit.SECONDS);
                        met.countDown();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
            }

            assertThat(await(met)).isTrue();
        }
    }

    @Test
    void everyTaskOfManySubmittersRunsOnce() throws InterruptedException {
        int submitters = 4;
        int tasks = 20_000;
        Set<Integer> ran = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(submitters * tasks);
        for (int s = 0; s < submitters; s++) {
            int first = s * tasks;
            new Thread(() -> {
                        for (int i = 0; i < tasks; i++) {
                            int task = first + i;
                            threads.execute(() -> {
                                if (ran.add(task)) {
                                    done.countDown();
                                }
                            });
                        }
                    })
                    .start();
        }

        assertThat(await(done)).isTrue();
    }

    @Test
    void lonelyTasksRunOneAfterTheOther() throws InterruptedException {
        for (int i = 0; i < 5_000; i++) {
            CountDownLatch done = new CountDownLatch(1);
            threads.execute(done::countDown);
            assertThat(await(done)).isTrue();
        }
    }

    @Test
    void tasksBeyondTheThreadsWaitTheirTurn() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2 * MOST);
        for (int i = 0; i < 2 * MOST; i++) {
            threads.execute(() -> {
                try {
                    release.await();
                    done.countDown();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        release.countDown();

        assertThat(await(done)).isTrue();
    }

    @Test
    void threadOutlivesATaskThatThrows() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 3 * MOST; i++) {
            threads.execute(() -> {
                throw new StackOverflowError();
            });
        }
        threads.execute(done::countDown);

        assertThat(await(done)).isTrue();
    }

    @Test
    void threadsAreNamedDaemons() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(1);
        threads.execute(() -> {
            seen.add(Thread.currentThread());
            done.countDown();
        });
        assertThat(await(done)).isTrue();

        assertThat(seen).allMatch(Thread::isDaemon).extracting(Thread::getName).containsExactly("test-job-1");
    }

    @Test
    void closedPoolEndsItsThreadsAndTakesNothing() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(1);
        threads.execute(() -> {
            seen.add(Thread.currentThread());
            done.countDown();
        });
        assertThat(await(done)).isTrue();

        threads.close();

        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        for (Thread thread : seen) {
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
