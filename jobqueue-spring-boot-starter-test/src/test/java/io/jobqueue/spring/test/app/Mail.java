package io.jobqueue.spring.test.app;

/** A mail to send. */
public record Mail(String to) {}
