package io.jobqueue.store.contract.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.store.JobStore;
import io.jobqueue.store.contract.HeldClock;
import io.jobqueue.store.memory.MemoryStore;
import io.jobqueue.store.walk.StoreWalk;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The random walk can fail: beside a store with one fault it finds it within the seeds of the gate. */
class FaultyWalkTests {

    private static final int SEEDS = 500;
    private static final int STEPS = 200;

    @ParameterizedTest
    @ValueSource(
            classes = {
                FaultySettling.SettlesWithoutTheToken.class,
                FaultySettling.RefusesRepetitions.class,
                FaultySettling.ReleasesToTheBack.class,
                FaultySettling.ChargesNothingForARetry.class,
                FaultySettling.ChargesAHandBack.class,
                FaultySettling.LosesResults.class,
                FaultySettling.KeepsFailedJobsTooLong.class,
                FaultyLeases.EndsLeasesLate.class,
                FaultyLeases.EndsLeasesEarly.class,
                FaultyLeases.RevivesExpiredLeases.class,
                FaultyLeases.HidesTheLossOfASession.class,
                FaultyLeases.DoesNotExtendLeasesByRenewal.class,
                FaultyLeases.ReleasesKnownClaims.class,
                FaultyLeases.AllowsACrashTooMany.class,
                FaultyLeases.AcceptsStaleTerms.class,
                FaultyQueues.OverwritesDuplicates.class,
                FaultyQueues.ReversesPriorities.class,
                FaultyQueues.ServesTheLastOfACallFirst.class,
                FaultyQueues.IgnoresDelays.class,
                FaultyQueues.ClaimsMoreThanAsked.class,
                FaultyQueues.IgnoresTheCancelOfARunningJob.class,
                FaultyQueues.PurgesLiveJobs.class,
                FaultySignals.CountsScheduledJobsAsWaiting.class
            })
    void walkFindsTheFault(Class<? extends FaultyBinding> faulty) throws ReflectiveOperationException {
        Optional<String> found = walkBeside(faulty.getDeclaredConstructor().newInstance(), SEEDS);

        System.out.println(faulty.getSimpleName() + ": " + found.orElse("not found"));
        assertThat(found).isPresent();
    }

    @Test
    void walkPassesARightStore() {
        assertThat(walkBeside(new FaultyBinding(), SEEDS / 5)).isEmpty();
    }

    private static Optional<String> walkBeside(FaultyBinding binding, int seeds) {
        HeldClock clock = new HeldClock();
        try (MemoryStore model = new MemoryStore(clock);
                JobStore store = binding.open(clock)) {
            return new StoreWalk(model, store, clock).firstDifference(seeds, STEPS);
        }
    }
}
