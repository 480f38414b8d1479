package io.jobqueue.engine;

/**
 * How a worker wakes its loops.
 *
 * @param worker wakes the loop that takes the worker's steps
 * @param watch wakes the loop that waits for hints
 */
record WorkerWakes(Runnable worker, Runnable watch) {}
