package io.jobqueue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs of a queue to look for: those that fulfil everything that is said. Immutable; every method returns another
 * query.
 *
 * <pre>{@code
 * JobQuery.all().inState(JobState.FAILED).ofType("invoice").withAttribute("customer", 4711)
 * }</pre>
 *
 * @param state the state; null for every state
 * @param type the job type; null for every type
 * @param idPrefix what the id begins with; empty for anything
 * @param idPart what the id holds somewhere; empty for anything
 * @param attributes attributes that the job has, with exactly these values; see {@link Attributes}
 */
public record JobQuery(
        @Nullable JobState state,
        @Nullable String type,
        String idPrefix,
        String idPart,
        Map<String, Object> attributes) {

    private static final JobQuery ALL = new JobQuery(null, null, "", "", Map.of());

    /**
     * Copies the attributes, numbers widened.
     *
     * @throws InvalidJobException naming what is wrong: a type or part of an id that no job can have, a state that no job
     *     is in, an attribute of another kind
     */
    public JobQuery {
        if (state == JobState.WAITING_CHILDREN) {
            throw new InvalidJobException("state WAITING_CHILDREN: no job is in it in this version; give another");
        }
        if (type != null) {
            Names.require("type", type);
        }
        requirePart("id prefix", idPrefix);
        requirePart("id part", idPart);
        attributes = copyOf(attributes);
    }

    /** Returns the query that every job fulfils. */
    public static JobQuery all() {
        return ALL;
    }

    /** Also asks for a state. */
    public JobQuery inState(JobState state) {
        return new JobQuery(
                Values.require("state", state, "give one, or leave it out"), type, idPrefix, idPart, attributes);
    }

    /** Also asks for a type. */
    public JobQuery ofType(String type) {
        return new JobQuery(state, Names.require("type", type), idPrefix, idPart, attributes);
    }

    /** Also asks for ids that begin so. */
    public JobQuery withIdPrefix(String idPrefix) {
        return new JobQuery(state, type, Names.require("id prefix", idPrefix), idPart, attributes);
    }

    /** Also asks for ids that hold this somewhere. */
    public JobQuery withIdPart(String idPart) {
        return new JobQuery(state, type, idPrefix, Names.require("id part", idPart), attributes);
    }

    /** Also asks for an attribute of this value. */
    public JobQuery withAttribute(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(attributes);
        more.put(
                Names.require("attribute", name),
                Values.require("attribute '" + Names.shown(name) + "'", value, "give the value to look for"));
        return new JobQuery(state, type, idPrefix, idPart, more);
    }

    private static void requirePart(String what, String part) {
        if (!Values.require(what, part, "give some text, or leave it out").isEmpty()) {
            Names.require(what, part);
        }
    }

    private static Map<String, Object> copyOf(Map<String, Object> attributes) {
        Map<String, Object> copy = new LinkedHashMap<>();
        Attributes.require(attributes)
                .forEach((name, value) -> copy.put(
                        name,
                        Objects.requireNonNull(
                                Values.require("attribute '" + Names.shown(name) + "'", value, "give its value"))));
        return Map.copyOf(copy);
    }
}
