package io.jobqueue.store.partition;

import io.jobqueue.JobState;
import io.jobqueue.Removal;
import io.jobqueue.store.JobChange;
import io.jobqueue.store.JobOperations;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Does by hand with one job what concerns it in its partition, and with a queue what concerns it in all of them. */
final class PartitionedOperations implements JobOperations {

    private final JobOperations operations;
    private final Places places;
    private final Function<String, Long> active;

    /** @param active how many jobs of a partition run */
    PartitionedOperations(JobOperations operations, Places places, Function<String, Long> active) {
        this.operations = operations;
        this.places = places;
        this.active = active;
    }

    @Override
    public Removal remove(String queue, String jobId) {
        return places.first(
                queue, jobId, answer -> answer != Removal.NOT_FOUND, partition -> operations.remove(partition, jobId));
    }

    @Override
    public List<Boolean> replay(String queue, List<String> jobIds) {
        return Answers.of(
                Places.grouped(places.of(queue, jobIds)),
                (partition, indexes) -> operations.replay(
                        partition, indexes.stream().map(jobIds::get).toList()));
    }

    @Override
    public boolean promote(String queue, String jobId) {
        return places.first(queue, jobId, Boolean::booleanValue, partition -> operations.promote(partition, jobId));
    }

    @Override
    public boolean change(String queue, String jobId, JobChange change) {
        return places.first(
                queue, jobId, Boolean::booleanValue, partition -> operations.change(partition, jobId, change));
    }

    @Override
    public boolean retain(String queue, String jobId, Duration retention) {
        return places.first(
                queue, jobId, Boolean::booleanValue, partition -> operations.retain(partition, jobId, retention));
    }

    @Override
    public void pause(String queue, @Nullable String type) {
        places.allNow(queue).forEach(partition -> operations.pause(partition, type));
    }

    @Override
    public void resume(String queue, @Nullable String type) {
        places.allNow(queue).forEach(partition -> operations.resume(partition, type));
    }

    @Override
    public boolean isPaused(String queue) {
        return places.all(queue).stream().anyMatch(operations::isPaused);
    }

    @Override
    public Set<String> pausedTypes(String queue) {
        return places.all(queue).stream()
                .flatMap(partition -> operations.pausedTypes(partition).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public int drain(String queue, int limit) {
        return untilLimit(queue, limit, operations::drain);
    }

    @Override
    public int clean(String queue, JobState state, Duration olderThan, int limit) {
        return untilLimit(queue, limit, (partition, most) -> operations.clean(partition, state, olderThan, most));
    }

    @Override
    public boolean obliterate(String queue, boolean force) {
        List<String> partitions = places.all(queue);
        if (!force && partitions.stream().anyMatch(partition -> active.apply(partition) > 0)) {
            return false;
        }
        boolean all = true;
        for (String partition : partitions) {
            all &= operations.obliterate(partition, force);
        }
        return all;
    }

    private int untilLimit(String queue, int limit, ToIntBiFunction<String, Integer> step) {
        int erased = 0;
        for (String partition : places.all(queue)) {
            if (erased < limit) {
                erased += step.applyAsInt(partition, limit - erased);
            }
        }
        return erased;
    }
}
