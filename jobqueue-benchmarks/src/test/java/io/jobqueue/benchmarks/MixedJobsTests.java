package io.jobqueue.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixedJobsTests {

    private static final List<Integer> NUMBERS =
            IntStream.range(0, MixedJobs.MIXTURES).boxed().toList();

    @Test
    void everyTenthFailsAndEveryTenthIsDelayed() {
        assertThat(NUMBERS).filteredOn(MixedJobs::isFlaky).hasSize(MixedJobs.MIXTURES / 10);
        assertThat(NUMBERS).filteredOn(MixedJobs::isDelayed).hasSize(MixedJobs.MIXTURES / 10);
    }

    @Test
    void everyMixtureOfPriorityFailureAndDelayOccurs() {
        assertThat(NUMBERS.stream()
                        .map(number -> List.of(
                                MixedJobs.priority(number), MixedJobs.isFlaky(number), MixedJobs.isDelayed(number)))
                        .collect(Collectors.toSet()))
                .hasSize(MixedJobs.PRIORITIES * 2 * 2);
    }

    @Test
    void priorityDoesNotTellWhichJobsFailOrAreDelayed() {
        for (int priority = 0; priority < MixedJobs.PRIORITIES; priority++) {
            int wanted = priority;
            List<Integer> same = NUMBERS.stream()
                    .filter(number -> MixedJobs.priority(number) == wanted)
                    .toList();

            assertThat(same).filteredOn(MixedJobs::isFlaky).hasSize(same.size() / 10);
            assertThat(same).filteredOn(MixedJobs::isDelayed).hasSize(same.size() / 10);
        }
    }
}
