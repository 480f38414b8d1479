package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParallelCallsTests {

    private static final Duration BOUND = Duration.ofSeconds(20);

    private final AtomicLong clock = new AtomicLong();
    private final ParallelCalls calls = new ParallelCalls(clock::get);

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void callsAreUnderWayAtTheSameTime() {
        CountDownLatch all = new CountDownLatch(6);
        Supplier<Boolean> meeting = () -> {
            all.countDown();
            try {
                return all.await(BOUND.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        };

        assertThat(calls.make(Collections.nCopies(6, meeting)))
                .allSatisfy(call -> assertThat(call.join()).isTrue());
    }

    @Test
    void onlyCallIsMadeByItsCaller() {
        Supplier<Thread> caller = Thread::currentThread;

        assertThat(calls.make(List.of(caller)))
                .singleElement()
                .satisfies(call -> assertThat(call.join()).isSameAs(Thread.currentThread()));
    }

    @Test
    void moreCallsThanThreadsAreEachMadeOnce() {
        Set<Integer> made = ConcurrentHashMap.newKeySet();
        List<Supplier<Boolean>> many = IntStream.range(0, 1000)
                .<Supplier<Boolean>>mapToObj(number -> () -> made.add(number))
                .toList();

        List<CompletableFuture<Boolean>> ends = calls.make(many);

        assertThat(ends)
                .hasSize(1000)
                .allSatisfy(call -> assertThat(call.join()).isTrue());
        assertThat(made).hasSize(1000);
    }

    @Test
    void afterTheCloseTheCallerMakesAllCalls() {
        Supplier<Thread> caller = Thread::currentThread;
        calls.close();

        assertThat(calls.make(Collections.nCopies(3, caller)))
                .allSatisfy(call -> assertThat(call.join()).isSameAs(Thread.currentThread()));
    }

    @Test
    void failureIsOfItsCallAlone() {
        IllegalStateException failure = new IllegalStateException("broken");
        Supplier<String> broken = () -> {
            throw failure;
        };

        List<CompletableFuture<String>> ends = calls.make(List.of(broken, () -> "whole"));

        assertThatThrownBy(() -> ends.get(0).join()).hasCause(failure);
        assertThat(ends.get(1).join()).isEqualTo("whole");
    }

    @Test
    void callsThatHaveNotBegunWhenOneHasWaitedInVainAreNotMade() {
        Set<Integer> made = ConcurrentHashMap.newKeySet();
        calls.close(); // so that the caller makes them, one after the other
        List<Supplier<Boolean>> hung = IntStream.range(0, 6)
                .<Supplier<Boolean>>mapToObj(number -> () -> {
                    made.add(number);
                    clock.addAndGet(Duration.ofSeconds(2).toNanos());
                    throw new IllegalStateException("timed out");
                })
                .toList();

        List<CompletableFuture<Boolean>> ends = calls.make(hung);

        assertThat(made).containsExactly(0);
        assertThat(ends).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(ends.subList(1, 6)).allMatch(CompletableFuture::isCancelled);
    }
}
