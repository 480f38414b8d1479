package io.jobqueue.store.contract.faulty;

import io.jobqueue.JobQuery;
import io.jobqueue.JobState;
import io.jobqueue.QueueOverview;
import io.jobqueue.store.JobLedger;
import io.jobqueue.store.JobPage;
import io.jobqueue.store.JobStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores that read wrong. */
final class FaultyLedgers {

    private FaultyLedgers() {}

    static class SearchesWithoutAttributes extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
                    JobQuery wider =
                            new JobQuery(query.state(), query.type(), query.idPrefix(), query.idPart(), Map.of());
                    return right.search(queue, wider, cursor, limit);
                }
            };
        }
    }

    static class EndsSearchesAfterAPage extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
                    return new JobPage(right.search(queue, query, cursor, limit).jobs(), null);
                }
            };
        }
    }

    static class BeginsListsAgainWithACursorOfNone extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public JobPage list(String queue, JobState state, @Nullable String cursor, int limit) {
                    try {
                        return right.list(queue, state, cursor, limit);
                    } catch (IllegalArgumentException e) {
                        return right.list(queue, state, null, limit);
                    }
                }
            };
        }
    }

    static class BeginsSearchesAgainWithACursorOfNone extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public JobPage search(String queue, JobQuery query, @Nullable String cursor, int limit) {
                    try {
                        return right.search(queue, query, cursor, limit);
                    } catch (IllegalArgumentException e) {
                        return right.search(queue, query, null, limit);
                    }
                }
            };
        }
    }

    static class TellsNoHolderThatIsNotKept extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public List<Optional<String>> holders(String queue, List<String> dedupKeys) {
                    return right.holders(queue, dedupKeys).stream()
                            .map(holder ->
                                    holder.filter(id -> right.find(queue, id).isPresent()))
                            .toList();
                }
            };
        }
    }

    static class TakesAQueueWithoutJobsForEmpty extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public boolean isEmpty(String queue) {
                    return right.search(queue, JobQuery.all(), null, 1).jobs().isEmpty();
                }
            };
        }
    }

    static class TellsTheTimeOfTheLastJobAsTheOldest extends FaultyBinding {

        @Override
        JobLedger ledger(JobStore store) {
            return new PassedOnLedger(store) {

                @Override
                public QueueOverview overview(String queue) {
                    QueueOverview overview = right.overview(queue);
                    return new QueueOverview(
                            overview.counts(),
                            overview.paused(),
                            overview.pausedTypes(),
                            overview.lastActivity(),
                            overview.oldestWaitingSince() == null ? null : overview.lastActivity());
                }
            };
        }
    }
}
