package io.jobqueue.engine;

/**
 * How a worker wakes its loops.
 *
 * @param worker wakes the loop that takes the worker's steps
 * @param second wakes the loop of its second line
 * @param watch wakes the loop that waits for hints
 */
record WorkerWakes(Runnable worker, Runnable second, Runnable watch) {}
