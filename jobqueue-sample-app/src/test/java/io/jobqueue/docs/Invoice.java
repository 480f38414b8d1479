package io.jobqueue.docs;

import io.jobqueue.JobType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;

@JobType("invoice")
record Invoice(@NotBlank String number, @Positive long cents) {}
