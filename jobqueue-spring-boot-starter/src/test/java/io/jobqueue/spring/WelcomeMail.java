package io.jobqueue.spring;

/** A payload. */
record WelcomeMail(String to) {}
