package io.jobqueue.store;

/**
 * One reign of a leader over a queue.
 *
 * @param queue the queue
 * @param holder who leads: random for every start of a process
 * @param number issued by the store, grows with every change of leader
 */
public record Term(String queue, String holder, long number) {}
