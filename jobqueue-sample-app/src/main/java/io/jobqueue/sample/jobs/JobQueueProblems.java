package io.jobqueue.sample.jobs;

import io.jobqueue.InvalidJobException;
import io.jobqueue.JobCancelledException;
import io.jobqueue.JobFailedException;
import io.jobqueue.JobId;
import io.jobqueue.JobQueueException;
import io.jobqueue.JobWaitTimeoutException;
import io.jobqueue.StoreUnavailableException;
import io.jobqueue.sample.JobLocation;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Tells HTTP clients in problem details what the job queue refused or could not do. */
@RestControllerAdvice
class JobQueueProblems {

    @ExceptionHandler
    ProblemDetail failed(JobFailedException e) {
        return about(e.id(), HttpStatus.UNPROCESSABLE_CONTENT, e);
    }

    @ExceptionHandler
    ProblemDetail cancelled(JobCancelledException e) {
        return about(e.id(), HttpStatus.CONFLICT, e);
    }

    @ExceptionHandler
    ProblemDetail timedOut(JobWaitTimeoutException e) {
        return about(e.id(), HttpStatus.GATEWAY_TIMEOUT, e);
    }

    @ExceptionHandler
    ProblemDetail invalid(InvalidJobException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail unavailable(StoreUnavailableException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }

    private static ProblemDetail about(JobId id, HttpStatus status, JobQueueException e) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, e.getMessage());
        problem.setProperty("job", JobLocation.of(id));
        return problem;
    }
}
