package io.jobqueue;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrows point one way, what a thing needs stays where it is needed, and nothing grows too large. */
class ArchitectureTests {

    private static final int MOST_PACKAGES = 10;
    private static final int MOST_METHODS = 12;
    private static final int MOST_LINES = 300;

    private static final Set<String> CLOCKS =
            Set.of("java.time.LocalDate", "java.time.LocalDateTime", "java.time.LocalTime", "java.time.ZonedDateTime");

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jobqueue");

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new EveryPackage()).should().beFreeOfCycles().check(MAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ':', textBlock = """
            io.jobqueue              :
            io.jobqueue.codec        : io.jobqueue
            io.jobqueue.store        : io.jobqueue
            io.jobqueue.store.memory : io.jobqueue io.jobqueue.store
            io.jobqueue.store.redis  : io.jobqueue io.jobqueue.store
            io.jobqueue.store.file   : io.jobqueue io.jobqueue.store
            io.jobqueue.store.jdbc   : io.jobqueue io.jobqueue.store
            io.jobqueue.store.partition : io.jobqueue io.jobqueue.store
            io.jobqueue.engine       : io.jobqueue io.jobqueue.store io.jobqueue.store.partition io.jobqueue.codec
            io.jobqueue.schedule     : io.jobqueue
            io.jobqueue.migrate      : io.jobqueue io.jobqueue.store
            """)
    void packageKnowsOnlyThePackagesItsArrowsPointTo(String from, String to) {
        String[] known = Stream.concat(Stream.of(from), to == null ? Stream.empty() : Stream.of(to.split(" ")))
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(resideInAPackage("io.jobqueue..").and(not(resideInAnyPackage(known))))
                .allowEmptyShould(true)
                .check(MAIN);
    }

    @Test
    void everyPackageHasItsArrows() {
        assertThat(packages())
                .isSubsetOf(
                        "io.jobqueue",
                        "io.jobqueue.codec",
                        "io.jobqueue.store",
                        "io.jobqueue.store.memory",
                        "io.jobqueue.store.redis",
                        "io.jobqueue.store.file",
                        "io.jobqueue.store.jdbc",
                        "io.jobqueue.store.partition",
                        "io.jobqueue.engine",
                        "io.jobqueue.schedule",
                        "io.jobqueue.migrate");
    }

    @ParameterizedTest
    @CsvSource({
        "redis.clients.., io.jobqueue.store.redis",
        "org.apache.commons.pool2.., io.jobqueue.store.redis",
        "java.sql.., io.jobqueue.store.jdbc",
        "javax.sql.., io.jobqueue.store.jdbc",
        "java.nio.file.., io.jobqueue.store.file",
        "tools.jackson.., io.jobqueue.codec",
        "com.fasterxml.jackson.., nowhere",
        "org.springframework.., nowhere",
        "io.micrometer.., nowhere"
    })
    void libraryIsUsedInOnePackage(String library, String user) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(MAIN);
    }

    @Test
    void onlyTheFileStoreOpensFiles() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.jobqueue.store.file")
                .should()
                .dependOnClassesThat(describe(
                        "open files",
                        type -> type.getName().startsWith("java.io.File")
                                || type.getName().equals("java.io.RandomAccessFile")
                                || type.getName().equals("java.nio.channels.FileChannel")))
                .check(MAIN);
    }

    @Test
    void timeIsHandedIn() {
        noClasses()
                .should()
                .accessTargetWhere(describe("read a clock or sleep", ArchitectureTests::readsAClock))
                .check(MAIN);
    }

    @Test
    void classesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveNameMatching(".*(Manager|Helper|Utils?|Common|Misc)(\\$.*)?")
                .check(MAIN);
    }

    @Test
    void nothingIsLeftUnsupported() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(UnsupportedOperationException.class)
                .check(MAIN);
    }

    @Test
    void moduleHasFewPackages() {
        assertThat(packages()).hasSizeLessThanOrEqualTo(MOST_PACKAGES);
    }

    @Test
    void rolesOfAStoreAreSmall() {
        assertThat(MAIN.stream()
                        .filter(type -> type.getPackageName().equals("io.jobqueue.store"))
                        .filter(JavaClass::isInterface))
                .isNotEmpty()
                .allSatisfy(role -> assertThat(role.getAllMethods().stream()
                                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT)))
                        .as("abstract methods of %s", role.getName())
                        .hasSizeLessThanOrEqualTo(MOST_METHODS));
    }

    @Test
    void sourceFilesAreSmall() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();

            assertThat(sources)
                    .isNotEmpty()
                    .allSatisfy(source -> assertThat(codeLines(source))
                            .as("lines of code in %s", source)
                            .isLessThanOrEqualTo(MOST_LINES));
        }
    }

    private static Set<String> packages() {
        return MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    }

    private static boolean readsAClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return (owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis"))
                || (owner.isEquivalentTo(Thread.class) && name.equals("sleep"))
                || (owner.isEquivalentTo(Instant.class) && name.equals("now"))
                || (owner.isEquivalentTo(Clock.class) && name.startsWith("system"))
                || (CLOCKS.contains(owner.getName()) && name.equals("now"));
    }

    private static long codeLines(Path source) {
        try (Stream<String> lines = Files.lines(source)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("*") && !line.startsWith("/"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class EveryPackage implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return resideInAPackage("io.jobqueue..").test(type)
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "every package";
        }
    }
}
