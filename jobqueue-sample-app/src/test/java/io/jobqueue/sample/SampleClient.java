package io.jobqueue.sample;

import static org.awaitility.Awaitility.await;

import io.jobqueue.JobState;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/** Speaks HTTP to a running sample, as curl does. Thread-safe. */
public final class SampleClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RestClient http;

    /** Speaks to the sample on a port of this machine. */
    public SampleClient(int port) {
        this.http = RestClient.create("http://localhost:" + port);
    }

    /** Asks for a path. */
    public Answer get(String path) {
        return answer(http.get().uri(path));
    }

    /** Deletes a path. */
    public Answer delete(String path) {
        return answer(http.method(HttpMethod.DELETE).uri(path));
    }

    /** Posts nothing to a path. */
    public Answer post(String path) {
        return answer(http.post().uri(path));
    }

    /** Posts a CSV text. */
    public Answer postCsv(String path, String csv) {
        return answer(http.post()
                .uri(path)
                .contentType(MediaType.valueOf("text/csv;charset=UTF-8"))
                .body(csv));
    }

    /** Posts a file as a part of a form. */
    public Answer upload(String path, String part, Resource file) {
        return answer(http.post()
                .uri(path)
                .contentType(MediaType.MULTIPART_FORM_DATA)
                .body(MultiValueMap.fromSingleValue(Map.of(part, file))));
    }

    /** Asks for a job until it has ended. */
    public Map<String, Object> awaitEnd(String location) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get(location).json(),
                        job -> JobState.valueOf(String.valueOf(job.get("state")))
                                .isTerminal());
    }

    private static Answer answer(RestClient.RequestHeadersSpec<?> request) {
        return Objects.requireNonNull(request.exchange((sent, response) -> answer(response)));
    }

    private static Answer answer(ClientHttpResponse response) throws IOException {
        MediaType type = response.getHeaders().getContentType();
        return new Answer(
                response.getStatusCode().value(),
                type == null ? "" : type.toString(),
                response.getBody().readAllBytes());
    }
}
