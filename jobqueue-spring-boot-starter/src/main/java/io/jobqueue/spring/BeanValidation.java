package io.jobqueue.spring;

import static java.util.stream.Collectors.joining;

import io.jobqueue.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Set;

/** Checks payloads with Jakarta Bean Validation. */
public final class BeanValidation implements PayloadValidator {

    private final Validator validator;

    /** Checks with the application's validator. */
    public BeanValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void validate(Object payload, Class<?>... groups) {
        Set<ConstraintViolation<Object>> violations = validator.validate(payload, groups);
        if (!violations.isEmpty()) {
            throw new PayloadException(
                    payload.getClass().getName() + ": breaks its constraints ("
                            + violations.stream()
                                    .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                                    .sorted()
                                    .collect(joining("; "))
                            + ")",
                    null);
        }
    }
}
