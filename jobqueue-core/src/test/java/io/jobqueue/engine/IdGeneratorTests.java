package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdGeneratorTests {

    private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.123Z");

    @Test
    void idsSortByTime() {
        String before = new IdGenerator(() -> NOW, () -> -1L).next();
        String after = new IdGenerator(() -> NOW.plusMillis(1), () -> 0L).next();

        assertThat(before).isLessThan(after).hasSize(IdGenerator.LENGTH);
    }

    @Test
    void idsSortByTimeForMoreThanACentury() {
        IdGenerator early = new IdGenerator(() -> Instant.EPOCH);
        IdGenerator late = new IdGenerator(() -> Instant.EPOCH.plusMillis((1L << 42) - 1));

        assertThat(early.next()).isLessThan(new IdGenerator(() -> NOW).next()).isLessThan(late.next());
        assertThat(late.next()).startsWith("zzzzzzz");
    }

    @Test
    void idsOfOneMillisecondDiffer() {
        IdGenerator ids = new IdGenerator(() -> NOW);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next());
        }

        assertThat(seen).hasSize(10_000).allMatch(id -> id.matches("[-0-9A-Z_a-z]{14}"));
    }
}
