package io.jobqueue.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobqueue.Enqueued;
import io.jobqueue.JobId;
import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.JobSnapshot;
import io.jobqueue.JobState;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name an application can hand in is refused at once or comes back exactly as it was. */
class NameInputIT extends BackendBench {

    /** A place where an application hands in a name. */
    record Place(String what, BiConsumer<JobQueue, String> use) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static final List<Place> PLACES = List.of(
            new Place("type", (queue, name) -> queue.enqueue(name, "x")),
            new Place("type", (queue, name) -> queue.enqueue(JobRequest.of(name).build())),
            new Place(
                    "queue",
                    (queue, name) ->
                            queue.enqueue(JobRequest.of(TYPE, "x").queue(name).build())),
            new Place(
                    "queue",
                    (queue, name) -> queue.enqueueAll(
                            List.of(JobRequest.of(TYPE, "x").queue(name).build()))),
            new Place("queue", (queue, name) -> queue.find(JobId.of(name, "x"))),
            new Place("queue", JobQueue::counts),
            new Place("queue", JobQueue::queue),
            new Place("queue", JobQueue::workers),
            new Place(
                    "header",
                    (queue, name) -> queue.enqueue(
                            JobRequest.of(TYPE, "x").header(name, "x").build())));

    static Stream<Arguments> badNamesInEveryPlace() {
        return PLACES.stream().flatMap(place -> Arrays.stream(BadName.values()).map(name -> Arguments.of(place, name)));
    }

    @ParameterizedTest
    @MethodSource("badNamesInEveryPlace")
    @SuppressWarnings("NullAway") // what a caller without null checks may do
    void badNameIsRefusedBeforeAnythingIsStored(Place place, BadName name) {
        assertRefused(
                () -> place.use().accept(queue, name.text),
                place.what() + (name.text == null || name.text.isBlank() ? ":" : " '"),
                name.says);
        assertRefused(() -> place.use().accept(queue, name.text), place.what(), name.remedy);
    }

    @Test
    void refusalShowsNoMoreThan64CharactersOfTheName() {
        String name = "n".repeat(70_000);

        assertRefused(
                () -> queue.counts(name),
                "queue '" + "n".repeat(64) + "…': has 70000 characters",
                "shorten it to at most 255");
    }

    @ParameterizedTest
    @MethodSource("io.jobqueue.engine.OddName#all")
    void oddNameComesBackExactlyAsQueueTypeAndId(String name) {
        JobEngine worker = JobEngine.builder(store)
                .handler(HandlerDefinition.of(
                        name,
                        name,
                        String.class,
                        (payload, job) -> List.of(
                                job.id().queue(),
                                job.id().value(),
                                job.type(),
                                job.headers().get(name))))
                .build();
        JobId id = JobId.of(name, name);
        try (worker) {
            worker.start();

            List<?> seen = worker.jobQueue()
                    .enqueueAndWait(
                            JobRequest.of(name, "x")
                                    .id(name)
                                    .header(name, "tenant")
                                    .build(),
                            List.class,
                            BOUND);

            assertThat(seen).isEqualTo(List.of(name, name, name, "tenant"));
        }
        JobSnapshot job = await(id, JobState.COMPLETED);
        assertThat(job).returns(id, JobSnapshot::id).returns(name, JobSnapshot::type);
        assertThat(queue.queues()).containsExactly(name);
        assertThat(queue.locate(name)).extracting(JobSnapshot::id).containsExactly(id);
        assertThat(queue.overview()).extracting(overview -> overview.queue()).containsExactly(name);
        assertThat(queue.queue(name).remove(name)).isNotNull();
        assertThat(queue.find(id)).isEmpty();
    }

    @Test
    void allOddNamesLiveBesideEachOther() {
        List<String> names = OddName.all().distinct().toList();
        names.forEach(name ->
                queue.enqueue(JobRequest.of(name, name).queue(name).id(name).build()));

        assertThat(queue.queues()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names).allSatisfy(name -> {
            assertThat(queue.counts(name).waiting()).isOne();
            assertThat(queue.find(JobId.of(name, name)).orElseThrow().payload().as(String.class))
                    .isEqualTo(name);
        });
    }

    @Test
    void whatLooksAlikeIsNotTheSame() {
        Enqueued combining = queue.enqueue(
                JobRequest.of(TYPE, 1).queue("Zoe\u0308").id("e\u0301").build());
        Enqueued precomposed = queue.enqueue(
                JobRequest.of(TYPE, 2).queue("Zo\u00eb").id("e\u0301").build());
        Enqueued other = queue.enqueue(
                JobRequest.of(TYPE, 3).queue("Zo\u00eb").id("\u00e9").build());

        assertThat(List.of(combining, precomposed, other)).allMatch(Enqueued::isNew);
        assertThat(queue.counts("Zo\u00eb").waiting()).isEqualTo(2);
    }
}
