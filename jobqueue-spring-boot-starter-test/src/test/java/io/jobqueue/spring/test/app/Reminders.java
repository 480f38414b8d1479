package io.jobqueue.spring.test.app;

import org.springframework.stereotype.Component;

/** Inherits its handler. */
@Component
public class Reminders extends AbstractReminders {}
