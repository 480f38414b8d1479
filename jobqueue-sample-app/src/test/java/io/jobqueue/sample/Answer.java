package io.jobqueue.sample;

import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the sample answered.
 *
 * @param status the HTTP status
 * @param contentType the media type, empty without one
 * @param body the bytes
 */
public record Answer(int status, String contentType, byte[] body) {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Returns the body as a JSON object. */
    public Map<String, Object> json() {
        return MAPPER.readValue(body, new TypeReference<>() {});
    }

    /** Returns the text of one field of the JSON object. */
    public String text(String field) {
        return String.valueOf(json().get(field));
    }
}
