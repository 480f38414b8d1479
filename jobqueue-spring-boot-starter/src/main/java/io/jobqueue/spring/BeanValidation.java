package io.jobqueue.spring;

import static java.util.stream.Collectors.joining;

import io.jobqueue.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
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
                                    .map(violation -> place(violation) + " " + violation.getMessage())
                                    .sorted()
                                    .collect(joining("; "))
                            + ")",
                    null);
        }
    }

    /** Where the offence is. The keys of maps are left out: they are content, as the names of properties are not. */
    private static String place(ConstraintViolation<?> violation) {
        StringBuilder place = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.isInIterable()) {
                place.append('[')
                        .append(node.getIndex() == null ? "…" : node.getIndex())
                        .append(']');
            }
            if (node.getName() != null) {
                place.append(place.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return place.toString();
    }
}
