package io.jobqueue.spring;

import static java.util.stream.Collectors.joining;

import io.jobqueue.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks payloads with Jakarta Bean Validation, of a collection, an array or a map what is in it. */
public final class BeanValidation implements PayloadValidator {

    private final Validator validator;

    /** Checks with the application's validator. */
    public BeanValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void validate(Object payload, Class<?>... groups) {
        List<String> violations = new ArrayList<>();
        check("", payload, groups, violations);
        if (!violations.isEmpty()) {
            throw new PayloadException(
                    payload.getClass().getName() + ": breaks its constraints ("
                            + violations.stream().sorted().collect(joining("; ")) + ")",
                    null);
        }
    }

    private void check(String where, @Nullable Object value, Class<?>[] groups, List<String> violations) {
        if (value instanceof Iterable<?> elements) {
            int index = 0;
            for (Object element : elements) {
                check(where + "[" + index++ + "]", element, groups, violations);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(element -> check(where + "[…]", element, groups, violations));
        } else if (value instanceof Object[] array) {
            check(where, Arrays.asList(array), groups, violations);
        } else if (value != null) {
            for (ConstraintViolation<Object> violation : validator.validate(value, groups)) {
                String place = place(violation);
                violations.add(
                        where + (where.isEmpty() || place.isEmpty() ? "" : ".") + place + " " + violation.getMessage());
            }
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
