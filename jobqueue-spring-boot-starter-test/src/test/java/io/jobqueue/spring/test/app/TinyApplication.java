package io.jobqueue.spring.test.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application with a job of each kind. */
@SpringBootApplication
public class TinyApplication {}
