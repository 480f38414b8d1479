package io.jobqueue.spring;

import io.jobqueue.PayloadException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks payloads, and the elements of those that are collections, maps or arrays, with Jakarta Bean Validation. */
public final class BeanValidation implements PayloadValidator {

    private final Validator validator;

    /** Checks with the application's validator. */
    public BeanValidation(Validator validator) {
        this.validator = validator;
    }

    @Override
    public void validate(Object payload, Class<?>... groups) {
        List<String> offences = offences("", payload, groups).sorted().toList();
        if (!offences.isEmpty()) {
            throw new PayloadException(
                    payload.getClass().getName() + ": breaks its constraints (" + String.join("; ", offences) + ")",
                    null);
        }
    }

    /** A collection has no constraints of its own; those of its elements are meant, whether it is inside of another. */
    private Stream<String> offences(String container, @Nullable Object value, Class<?>... groups) {
        if (value == null) {
            return Stream.empty();
        }
        if (value instanceof Object[] array) {
            return offencesInside(container, Arrays.asList(array), groups);
        }
        Stream<String> own = validator.validate(value, groups).stream()
                .map(violation -> place(container, violation) + " " + violation.getMessage());
        if (value instanceof Map<?, ?> map) {
            return Stream.concat(own, offencesInside(container, map.values(), groups));
        }
        return value instanceof Collection<?> elements
                ? Stream.concat(own, offencesInside(container, elements, groups))
                : own;
    }

    private Stream<String> offencesInside(String container, Collection<?> elements, Class<?>... groups) {
        boolean ordered = elements instanceof List;
        List<String> offences = new ArrayList<>();
        int index = 0;
        for (Object element : elements) {
            String place = container + '[' + (ordered ? index : "…") + ']';
            offences(place, element, groups).forEach(offences::add);
            index++;
        }
        return offences.stream();
    }

    /** Where the offence is. The keys of maps are left out: they are content, as the names of properties are not. */
    private static String place(String container, ConstraintViolation<?> violation) {
        StringBuilder place = new StringBuilder(container);
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
