package io.jobqueue.store.contract.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.discoveryRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The kit can fail: run on stores with one fault each, it notices every one of them. */
class ContractKitTests {

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
                FaultyLeases.RunsStaleJobsAgain.class,
                FaultyLeases.AcceptsStaleTerms.class,
                FaultyLeases.AuditsForAnybody.class,
                FaultyLeases.LetsAnAuditTakeRunningJobsOver.class,
                FaultyQueues.OverwritesDuplicates.class,
                FaultyQueues.StoresAsManyAsItIsGiven.class,
                FaultyQueues.ReversesPriorities.class,
                FaultyQueues.ServesTheLastOfACallFirst.class,
                FaultyQueues.IgnoresDelays.class,
                FaultyQueues.TrimsIds.class,
                FaultyQueues.TakesPayloadsForText.class,
                FaultyQueues.ClaimsMoreThanAsked.class,
                FaultyQueues.ClaimsLargeJobsAtOnce.class,
                FaultyQueues.HidesThatAClaimWasCutShort.class,
                FaultyQueues.IgnoresTheCancelOfARunningJob.class,
                FaultyQueues.PurgesLiveJobs.class,
                FaultyQueues.KeepsMoreThanTheCount.class,
                FaultyQueues.TakesAnyRoomForEnough.class,
                FaultyQueues.StopsWhereThereIsNoRoom.class,
                FaultyQueues.GivesJobsOfEveryType.class,
                FaultyNotes.AcceptsProgressOfAnybody.class,
                FaultyNotes.ReplacesAttributes.class,
                FaultyNotes.HidesThatAttributesAreTooMany.class,
                FaultyNotes.AcceptsLogLinesOfAnybody.class,
                FaultyNotes.KeepsTheOldestLogLines.class,
                FaultyHistory.ForgetsCrashes.class,
                FaultyHistory.TakesTheEndForTheStart.class,
                FaultyDirectory.CountsOnlyTheJobsItNames.class,
                FaultyDirectory.PausesTheWholeQueueForAWorker.class,
                FaultyDirectory.DoesNotTellThatAWorkerIsPaused.class,
                FaultyEvents.TellsTheLastKnownEventAgain.class,
                FaultyEvents.HidesWhatWasMissed.class,
                FaultyEvents.WatchesTooLong.class,
                FaultyEvents.GivesNoHints.class,
                FaultyOperations.ObliteratesUnderRunningJobs.class,
                FaultyOperations.ObliteratesNothingWhileJobsRun.class,
                FaultyLedgers.SearchesWithoutAttributes.class,
                FaultyLedgers.EndsSearchesAfterAPage.class,
                FaultyLedgers.BeginsListsAgainWithACursorOfNone.class,
                FaultyLedgers.BeginsSearchesAgainWithACursorOfNone.class,
                FaultyLedgers.TellsNoHolderThatIsNotKept.class,
                FaultyLedgers.TakesAQueueWithoutJobsForEmpty.class,
                FaultyLedgers.TellsTheTimeOfTheLastJobAsTheOldest.class,
                FaultySignals.TellsEndsTwice.class,
                FaultySignals.ForgetsNobody.class,
                FaultySignals.WakesNobody.class,
                FaultySignals.CountsScheduledJobsAsWaiting.class,
                FaultyDurable.ForgetsTheLastBatch.class,
                FaultyDurable.TakesRepeatsForNew.class,
                FaultyDurable.StoresTheLastBatchFirst.class
            })
    void kitNoticesTheFault(Class<?> faulty) {
        assertThat(run(faulty).getTestsFailedCount()).isPositive();
    }

    @Test
    void kitPassesARightStore() {
        TestExecutionSummary summary = run(FaultyBinding.class);

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(300).isEqualTo(summary.getTestsFoundCount());
    }

    @Test
    void kitPassesARightDurableStore() {
        TestExecutionSummary summary = run(FaultyDurable.class);

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isPositive().isEqualTo(summary.getTestsFoundCount());
    }

    /** Runs the kit up to the first failure. */
    private static TestExecutionSummary run(Class<?> binding) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        CancellationToken cancellation = CancellationToken.create();
        LauncherFactory.create()
                .execute(discoveryRequest()
                        .selectors(selectClass(binding))
                        .forExecution()
                        .cancellationToken(cancellation)
                        .listeners(summary, new FirstFailure(cancellation))
                        .build());
        return summary.getSummary();
    }

    private record FirstFailure(CancellationToken cancellation) implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                cancellation.cancel();
            }
        }
    }
}
