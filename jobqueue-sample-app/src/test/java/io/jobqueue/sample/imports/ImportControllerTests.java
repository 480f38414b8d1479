package io.jobqueue.sample.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobqueue.sample.Answer;
import io.jobqueue.sample.RunningSample;
import io.jobqueue.sample.SampleClient;
import io.jobqueue.sample.SampleProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.FileSystemResource;

@RunningSample
class ImportControllerTests {

    private static final Path ORDERS = Path.of("samples/orders.csv");
    private static final String HEADER = String.join(",", Order.COLUMNS) + "\n";

    @Autowired
    private SampleProperties properties;

    private SampleClient sample;

    @BeforeEach
    void connect(@LocalServerPort int port) {
        sample = new SampleClient(port);
    }

    @Test
    void goodRowsAreBookedOnceAndBadOnesAreDeadLetters() throws IOException {
        assertThat(sample.upload("/imports?id=november", "file", new FileSystemResource(ORDERS))
                        .json())
                .isEqualTo(Map.of("importId", "november", "rows", 200, "queued", 200, "duplicates", 0));

        Map<String, Object> report = awaitStates("november", Map.of("COMPLETED", 195, "FAILED", 5));

        assertThat(report.get("failures"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(5)
                .startsWith(
                        Map.of("job", "november-24", "attempts", 3, "error", "quantity '-3': must be more than zero"));
        assertThat(bookings("november")).hasSize(195).doesNotHaveDuplicates();
    }

    @Test
    void aCorrectedFileUnderTheSameIdBooksOnlyWhatHadFailed() throws IOException {
        String orders = Files.readString(ORDERS);
        sample.postCsv("/imports?id=december", orders);
        awaitStates("december", Map.of("COMPLETED", 195, "FAILED", 5));

        assertThat(sample.postCsv("/imports?id=december", orders.replace(",-3,", ",3,"))
                        .json())
                .isEqualTo(Map.of("importId", "december", "rows", 200, "queued", 5, "duplicates", 195));

        awaitStates("december", Map.of("COMPLETED", 196, "FAILED", 4));
        assertThat(bookings("december")).hasSize(196).doesNotHaveDuplicates();
    }

    @Test
    void anImportWithoutAnIdIsGivenOne() {
        Answer queued = sample.postCsv("/imports", HEADER + "A-1,\"Ada, née Byron\",Pen,1,1.00,EUR\n");

        assertThat(queued.status()).isEqualTo(202);
        awaitStates(queued.text("importId"), Map.of("COMPLETED", 1));
    }

    @Test
    void aFileWithAnotherHeaderIsRefused() {
        Answer refused = sample.postCsv("/imports", "name,age\nAda,36\n");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).isEqualTo("the first line must be " + HEADER.strip());
    }

    @Test
    void aMalformedFileIsRefusedWithItsLine() {
        Answer refused = sample.postCsv("/imports", HEADER + "A-1,27\" monitor,Pen,1,1.00,EUR\n");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).startsWith("line 2: has a quote inside an unquoted value");
    }

    @Test
    void anUnknownImportIsNotFound() {
        assertThat(sample.get("/imports/nobody").status()).isEqualTo(404);
    }

    @Test
    void anIdNeverBecomesAPath() {
        assertThat(sample.postCsv("/imports?id=../x", HEADER).status()).isEqualTo(400);
        assertThat(sample.get("/imports/a.lines").status()).isEqualTo(400);
    }

    private Map<String, Object> awaitStates(String importId, Map<String, Integer> states) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> sample.get("/imports/" + importId).json(), report -> states.equals(report.get("states")));
    }

    private List<String> bookings(String importId) throws IOException {
        String prefix = importId + "-";
        Path ledger = properties
                .directory()
                .resolve("orders-" + ProcessHandle.current().pid() + ".csv");
        return Files.readAllLines(ledger).stream()
                .map(line -> line.substring(0, line.indexOf(',')))
                .filter(job -> job.startsWith(prefix))
                .toList();
    }
}
