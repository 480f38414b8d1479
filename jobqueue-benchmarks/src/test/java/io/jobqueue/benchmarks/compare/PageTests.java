package io.jobqueue.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTests {

    @Test
    void keepsTheFiguresBesideThePageAndRefersToThem(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        Files.writeString(page, "before\n<!-- compare: begin -->\nold\n<!-- compare: end -->\nafter\n");

        Page.write(page, "new\n", "2026-01-02", List.of("a,b", "1,2"));

        assertThat(page)
                .hasContent(
                        "before\n<!-- compare: begin -->\nnew\n\nEvery figure of every round: "
                                + "[measurements/2026-01-02.csv](measurements/2026-01-02.csv).\n<!-- compare: end -->\nafter\n");
        assertThat(folder.resolve("measurements/2026-01-02.csv")).hasContent("a,b\n1,2\n");
    }

    @Test
    void leavesTheColumnOfARoundEmptyInWhichNothingWasMeasured(@TempDir Path folder) throws IOException {
        Contender contender = Contender.all().get(0);
        try (Results results = new Results(folder)) {
            results.add(2, contender, "drain50", Map.of("jobs/s", 173512.345678));

            assertThat(results.lines(3))
                    .containsExactly(
                            "contender,work,figure,round 1,round 2,round 3", "jobqueue,drain50,jobs/s,,173512,");
        }
    }
}
