package io.jobqueue.spring.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.DeferredEnqueueException;
import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobState;
import io.jobqueue.engine.JobEngine;
import io.jobqueue.store.memory.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Enqueues in real transactions of a database. */
@ExtendWith(OutputCaptureExtension.class)
class TransactionalEnqueueTests {

    private final MemoryStore store = new MemoryStore();
    private final JobEngine engine = JobEngine.builder(store)
            .transactions(new SpringTransactionBoundary())
            .build();
    private final JobQueue queue = engine.jobQueue();
    private final JdbcTransactionManager manager = new JdbcTransactionManager(database());
    private final JdbcClient database = JdbcClient.create(Objects.requireNonNull(manager.getDataSource()));
    private final TransactionTemplate transaction = new TransactionTemplate(manager);
    private final TransactionTemplate another = propagating(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    private final TransactionTemplate nested = propagating(TransactionDefinition.PROPAGATION_NESTED);

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:transactions;DB_CLOSE_DELAY=-1");
        return database;
    }

    private TransactionTemplate propagating(int propagation) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        return template;
    }

    @BeforeEach
    void createTable() {
        database.sql("create table orders (id varchar primary key)").update();
    }

    @AfterEach
    void close() {
        database.sql("drop table orders").update();
        engine.close();
        store.close();
    }

    private void order(String id) {
        database.sql("insert into orders values (?)").param(id).update();
    }

    private long orders() {
        return database.sql("select count(*) from orders").query(Long.class).single();
    }

    private List<String> stored() {
        return queue.queue(JobQueue.DEFAULT_QUEUE).list(JobState.WAITING, null, 100).jobs().stream()
                .map(job -> job.id().value())
                .toList();
    }

    private Enqueued enqueue(String id) {
        return queue.enqueue(JobRequest.of("mail", id).id(id).build());
    }

    @Test
    void committedMeansStoredAfterwardsAndNotSeenBefore() {
        transaction.executeWithoutResult(status -> {
            order("a");
            assertThat(enqueue("a").isDeferred()).isTrue();
            assertThat(stored()).isEmpty();
        });

        assertThat(stored()).containsExactly("a");
        assertThat(orders()).isOne();
    }

    @Test
    void rolledBackMeansNeverStored() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    order("a");
                    enqueue("a");
                    throw new IllegalStateException("no stock");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stored()).isEmpty();
        assertThat(orders()).isZero();
    }

    @Test
    void commitThatFailsStoresNothing() {
        database.sql("create table lines (o varchar references orders (id))").update();
        try {
            assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                        enqueue("a");
                        database.sql("insert into lines values ('missing')").update();
                    }))
                    .isInstanceOf(RuntimeException.class);

            assertThat(stored()).isEmpty();
        } finally {
            database.sql("drop table lines").update();
        }
    }

    @Test
    void transactionMarkedForRollbackStoresNothing() {
        transaction.executeWithoutResult(status -> {
            enqueue("a");
            status.setRollbackOnly();
        });

        assertThat(stored()).isEmpty();
    }

    @Test
    void manyEnqueuesShareOneSynchronizationAndKeepTheirOrder() {
        transaction.executeWithoutResult(status -> {
            for (String id : List.of("a", "b", "c", "d")) {
                enqueue(id);
            }
            assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
        });

        assertThat(stored()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void innerTransactionOfItsOwnStoresItsOwnJobs() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(outer -> {
                    enqueue("outer");
                    another.executeWithoutResult(inner -> enqueue("inner"));
                    assertThat(stored()).containsExactly("inner");
                    throw new IllegalStateException("outer");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stored()).containsExactly("inner");
    }

    @Test
    void outerTransactionIsNotTouchedByTheRollbackOfAnInnerOne() {
        transaction.executeWithoutResult(outer -> {
            enqueue("before");
            another.executeWithoutResult(inner -> {
                enqueue("inner");
                inner.setRollbackOnly();
            });
            enqueue("after");
        });

        assertThat(stored()).containsExactly("before", "after");
    }

    @Test
    void rollbackToASavepointDropsWhatWasEnqueuedSince() {
        transaction.executeWithoutResult(outer -> {
            enqueue("before");
            nested.executeWithoutResult(inner -> {
                enqueue("inner");
                inner.setRollbackOnly();
            });
            enqueue("after");
        });

        assertThat(stored()).containsExactly("before", "after");
    }

    @Test
    void rollbackToASavepointBeforeTheFirstEnqueueDropsAll() {
        transaction.executeWithoutResult(outer -> {
            nested.executeWithoutResult(inner -> {
                enqueue("inner");
                nested.executeWithoutResult(innermost -> enqueue("innermost"));
                inner.setRollbackOnly();
            });
            enqueue("after");
        });

        assertThat(stored()).containsExactly("after");
    }

    @Test
    void readOnlyTransactionIsATransaction() {
        transaction.setReadOnly(true);

        transaction.executeWithoutResult(status -> {
            assertThat(enqueue("a").isDeferred()).isTrue();
        });

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void synchronizationWithoutTransactionWaitsForNothing() {
        propagating(TransactionDefinition.PROPAGATION_SUPPORTS)
                .executeWithoutResult(status -> assertThat(enqueue("a").isNew()).isTrue());
    }

    @Test
    void suspendedTransactionIsNoneForThoseOutsideOfIt() {
        transaction.executeWithoutResult(outer -> propagating(TransactionDefinition.PROPAGATION_NOT_SUPPORTED)
                .executeWithoutResult(inner -> assertThat(enqueue("a").isNew()).isTrue()));
    }

    @Test
    void enqueueByACallbackBeforeTheCommitIsStored() {
        transaction.executeWithoutResult(status -> callBack(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                enqueue("a");
            }
        }));

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void firstEnqueueByACallbackAfterTheCommitIsStored() {
        transaction.executeWithoutResult(status -> callBack(afterCommit(() -> enqueue("a"))));

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void enqueueByACallbackThatRunsBeforeOrAfterOursIsStored() {
        List<Enqueued> answers = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            callBack(afterCommit(() -> answers.add(enqueue("before ours"))));
            enqueue("a");
            callBack(afterCommit(() -> answers.add(enqueue("after ours"))));
        });

        assertThat(stored()).containsExactly("a", "before ours", "after ours");
        assertThat(answers).extracting(Enqueued::isDeferred).containsExactly(true, false);
    }

    @Test
    void enqueueByACallbackAfterTheCompletionIsStoredAtOnce() {
        List<Enqueued> answers = new ArrayList<>();
        transaction.executeWithoutResult(status -> callBack(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int completion) {
                answers.add(enqueue("a"));
            }
        }));

        assertThat(answers).extracting(Enqueued::isNew).containsExactly(true);
    }

    @Test
    void callbackThatThrowsBeforeOursHidesNoJob() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    callBack(afterCommit(() -> {
                        throw new IllegalStateException("callback");
                    }));
                    enqueue("a");
                }))
                .hasMessage("callback");

        assertThat(stored()).containsExactly("a");
    }

    @Test
    void failureAfterTheCommitReachesWhoeverCommits() {
        List<JobId> ids = new ArrayList<>();

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    order("a");
                    ids.add(enqueue("a").id());
                    engine.close();
                }))
                .isInstanceOfSatisfying(
                        DeferredEnqueueException.class,
                        failure -> assertThat(failure.ids()).isEqualTo(ids));

        assertThat(orders()).isOne();
    }

    @Test
    void endThatNobodyKnowsStoresNothingAndTheLogNamesTheJobs(CapturedOutput output) {
        JdbcTransactionManager coordinator = new JdbcTransactionManager(database()) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                super.doCommit(status);
                throw new TransactionSystemException("the coordinator did not answer");
            }
        };

        assertThatThrownBy(() -> new TransactionTemplate(coordinator).executeWithoutResult(status -> {
                    JdbcClient.create(Objects.requireNonNull(coordinator.getDataSource()))
                            .sql("insert into orders values ('a')")
                            .update();
                    enqueue("a");
                    enqueue("b");
                }))
                .isInstanceOf(TransactionSystemException.class);

        assertThat(orders()).isOne();
        assertThat(stored()).isEmpty();
        assertThat(output)
                .containsOnlyOnce("ERROR")
                .contains("2 jobs enqueued in it are not stored (default/a, default/b)")
                .contains("enqueue the same again with the same ids");
    }

    @Test
    void endThatNobodyKnowsWithoutJobsSaysNothing(CapturedOutput output) {
        transaction.executeWithoutResult(status -> {
            enqueue("a");
            TransactionSynchronizationManager.getSynchronizations()
                    .forEach(jobs -> jobs.afterCompletion(TransactionSynchronization.STATUS_COMMITTED));
            TransactionSynchronizationManager.getSynchronizations()
                    .forEach(jobs -> jobs.afterCompletion(TransactionSynchronization.STATUS_UNKNOWN));
        });

        assertThat(stored()).containsExactly("a");
        assertThat(output).doesNotContain("ERROR");
    }

    private static void callBack(TransactionSynchronization synchronization) {
        TransactionSynchronizationManager.registerSynchronization(synchronization);
    }

    private static TransactionSynchronization afterCommit(Runnable action) {
        return new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        };
    }
}
