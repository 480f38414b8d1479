package io.jobqueue.spring.test.app;

import org.springframework.stereotype.Service;

/** A component that no job needs. */
@Service
public class Unrelated {}
