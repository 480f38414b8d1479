package io.jobqueue.engine;

import java.util.concurrent.CountDownLatch;

/** A call of a store that hangs until it is let go. */
final class HungCall {

    private final boolean answered;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    /** Hangs after the store has done what it was told, or before. */
    HungCall(boolean answered) {
        this.answered = answered;
    }

    boolean isAnswered() {
        return answered;
    }

    /** Opens when the call hangs. */
    CountDownLatch begun() {
        return begun;
    }

    /** Opens when the call goes on. */
    CountDownLatch gone() {
        return gone;
    }

    void letGo() {
        letGo.countDown();
    }

    void hang() {
        begun.countDown();
        boolean interrupted = false;
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        gone.countDown();
    }
}
