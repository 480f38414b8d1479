package io.jobqueue.store.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.JobState;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobSpec;
import io.jobqueue.store.Partition;
import io.jobqueue.store.StoredJob;
import io.jobqueue.store.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages over partitions that answer with fewer jobs than they were asked for, or change between two readings. */
class PagesTests {

    private static final String QUEUE = "mails";
    private static final String FIRST = new Partition(QUEUE, 1, 2).name();
    private static final String SECOND = new Partition(QUEUE, 2, 2).name();

    private final MemoryStore memory = new MemoryStore();
    private final Pages pages =
            new Pages(new Places(new Layouts(memory.ledger(), queue -> 2, System::nanoTime), memory.ledger()));
    private final Map<String, List<@Nullable Integer>> lines = new HashMap<>();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void placesWithoutAJobMakeNoneComeTwice() {
        lines.put(FIRST, places(1, null, null, 2, null, 5, null, null, null, 6));
        lines.put(SECOND, places(3, 4, null, 7, 8, null));

        for (int limit = 1; limit <= 12; limit++) {
            assertThat(allBy(limit)).as("pages of %d", limit).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @Test
    void jobsThatLeaveBetweenTwoReadingsHideNoOther() {
        lines.put(FIRST, places(1, 2, 5, 6));
        lines.put(SECOND, places(3, 4, 7, 8));

        JobPage page = pages.merged(QUEUE, JobState.WAITING, null, 3, new Reading(reading -> {
            if (reading == 2) { // one of each line
                lines.put(FIRST, places(2, 5, 6));
                lines.put(SECOND, places(4, 7, 8));
            }
        }));
        List<Integer> numbers = new ArrayList<>(numbers(page));
        for (String cursor = page.next(); cursor != null; cursor = page.next()) {
            page = pages.merged(QUEUE, JobState.WAITING, cursor, 3, new Reading());
            numbers.addAll(numbers(page));
        }

        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    private List<Integer> allBy(int limit) {
        List<Integer> numbers = new ArrayList<>();
        String cursor = null;
        do {
            JobPage page = pages.merged(QUEUE, JobState.WAITING, cursor, limit, new Reading());
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(limit);
            numbers.addAll(numbers(page));
            cursor = page.next();
        } while (cursor != null);
        return numbers;
    }

    private static List<Integer> numbers(JobPage page) {
        return page.jobs().stream().map(job -> Integer.valueOf(job.id())).toList();
    }

    private static List<@Nullable Integer> places(@Nullable Integer... numbers) {
        return Arrays.asList(numbers);
    }

    /** Reads a line from the number of a place on, as many places as jobs are wanted. */
    private class Reading implements Pages.Reading {

        private final IntConsumer hasRead;
        private int readings;

        Reading() {
            this(reading -> {});
        }

        /** @param hasRead is told after each reading which that was, from 1 */
        Reading(IntConsumer hasRead) {
            this.hasRead = hasRead;
        }

        @Override
        public JobPage read(String partition, @Nullable String cursor, int limit) {
            List<@Nullable Integer> line = Objects.requireNonNull(lines.get(partition));
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(line.size(), from + limit);
            List<StoredJob> jobs = IntStream.range(from, to)
                    .mapToObj(line::get)
                    .filter(Objects::nonNull)
                    .map(PagesTests::job)
                    .toList();
            hasRead.accept(++readings);
            return new JobPage(jobs, to == line.size() ? null : String.valueOf(to));
        }
    }

    private static StoredJob job(Integer number) {
        return new StoredJob(
                String.valueOf(number),
                new JobSpec("type", new byte[0], 0, JobOptions.NONE),
                JobState.WAITING,
                0,
                0,
                Instant.ofEpochSecond(number),
                null,
                null,
                null,
                Map.of(),
                new byte[0],
                null);
    }
}
