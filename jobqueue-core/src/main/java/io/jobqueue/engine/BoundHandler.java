package io.jobqueue.engine;

/**
 * A handler and the rules its jobs run by in one queue.
 *
 * @param definition the handler
 * @param rules the rules where the request says nothing else
 */
record BoundHandler(HandlerDefinition definition, JobRules rules) {}
