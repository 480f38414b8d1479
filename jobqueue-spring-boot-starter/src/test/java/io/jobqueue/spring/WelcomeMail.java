package io.jobqueue.spring;

import jakarta.validation.constraints.NotBlank;

/** A payload. */
record WelcomeMail(@NotBlank String to) {}
