package io.jobqueue.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jobqueue.JobQueue;
import java.net.URL;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private static final String ANNOTATION = "io.jobqueue.spring";
    private static final String ACTUATE = "io.jobqueue.spring.actuate";
    private static final String TRANSACTION = "io.jobqueue.spring.transaction..";
    private static final String OBSERVATION = "io.jobqueue.spring.observation";
    private static final String EVENT = "io.jobqueue.spring.event";
    private static final String AUTOCONFIGURE = "io.jobqueue.spring.autoconfigure";

    private final JavaClasses classes =
            new ClassFileImporter().importUrls(List.of(codeOf(JobQueue.class), codeOf(JobHandler.class)));

    private static URL codeOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.jobqueue.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void annotationsDoNotKnowActuateAndConfiguration() {
        noClasses()
                .that()
                .resideInAPackage(ANNOTATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ACTUATE, OBSERVATION, EVENT, AUTOCONFIGURE)
                .check(classes);
    }

    @Test
    void actuateDoesNotKnowAnnotationsAndConfiguration() {
        noClasses()
                .that()
                .resideInAPackage(ACTUATE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ANNOTATION, OBSERVATION, EVENT, AUTOCONFIGURE)
                .check(classes);
    }

    @Test
    void observationKnowsNothingOfAnnotationsAndConfiguration() {
        noClasses()
                .that()
                .resideInAPackage(OBSERVATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ANNOTATION, EVENT, AUTOCONFIGURE)
                .check(classes);
    }

    @Test
    void transactionsKnowOnlyTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(TRANSACTION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ANNOTATION, ACTUATE, OBSERVATION, EVENT, AUTOCONFIGURE)
                .check(classes);
    }

    @Test
    void eventsKnowOnlyTheEngine() {
        noClasses()
                .that()
                .resideInAPackage(EVENT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ANNOTATION, ACTUATE, OBSERVATION, TRANSACTION, AUTOCONFIGURE)
                .check(classes);
    }

    @Test
    void storesAreOpenedByTheConfigurationOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(ANNOTATION, ACTUATE, OBSERVATION, EVENT, TRANSACTION)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.jobqueue.store.*..")
                .check(classes);
    }

    @Test
    void coreDoesNotKnowSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jobqueue.spring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.jobqueue.spring..")
                .check(classes);
    }

    @Test
    void nobodySleepsOrReadsTheWallClock() {
        noClasses()
                .that()
                .resideInAPackage("io.jobqueue.spring..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(classes);
    }
}
