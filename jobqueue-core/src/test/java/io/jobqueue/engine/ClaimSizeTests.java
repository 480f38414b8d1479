package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.Claim;
import io.jobqueue.store.ClaimToken;
import io.jobqueue.store.ExchangeRequest;
import io.jobqueue.store.JobOptions;
import io.jobqueue.store.JobSpec;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimSizeTests {

    private final ClaimSize size = new ClaimSize();

    private static List<Claim> claims(int count, int bytes) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Claim(
                        new ClaimToken("job-" + number, 1),
                        new JobSpec("type", new byte[bytes], 0, JobOptions.NONE),
                        1,
                        0,
                        0,
                        Instant.EPOCH))
                .toList();
    }

    @Test
    void asManyAsACallTakesBeforeAnythingIsKnown() {
        assertThat(size.most()).isEqualTo(ExchangeRequest.MOST);
    }

    @Test
    void smallPayloadsLimitNothing() {
        size.came(claims(100, 10_000));

        assertThat(size.most()).isEqualTo(ExchangeRequest.MOST);
    }

    @Test
    void largePayloadsAreClaimedAFewAtATime() {
        size.came(claims(100, 256 * 1024));

        assertThat(size.most()).isEqualTo(4);
    }

    @Test
    void hugePayloadsAreClaimedOneByOne() {
        size.came(claims(1, 5 * ExchangeRequest.MOST_BYTES));

        assertThat(size.most()).isOne();
    }

    @Test
    void largePayloadsAreForgottenWhenSmallOnesCome() {
        size.came(claims(4, 256 * 1024));
        size.came(claims(4, 10));
        assertThat(size.most()).isEqualTo(5);

        for (int call = 0; call < 20; call++) {
            size.came(claims(4, 10));
        }

        assertThat(size.most()).isEqualTo(ExchangeRequest.MOST);
    }

    @Test
    void callThatBringsNothingChangesNothing() {
        size.came(claims(4, 256 * 1024));

        size.came(List.of());

        assertThat(size.most()).isEqualTo(4);
    }
}
