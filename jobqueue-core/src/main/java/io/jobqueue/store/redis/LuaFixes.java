package io.jobqueue.store.redis;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first versions of a server, one for each line that was mended, whose scripts cannot get out of Lua by a way that is
 * known: CVE-2025-49844, and with it CVE-2024-46981 and others before. Lines that are older than the newest of them and
 * have none were never mended.
 */
record LuaFixes(List<Version> fixes) {

    static final LuaFixes OF_REDIS = of("6.2.20", "7.2.11", "7.4.6", "8.0.4", "8.2.2");
    static final LuaFixes OF_VALKEY = of("7.2.11", "8.0.6", "8.1.4");

    private static LuaFixes of(String... ascending) {
        return new LuaFixes(List.of(ascending).stream()
                .map(version -> Version.read(version).orElseThrow())
                .toList());
    }

    /** Returns the version to have instead of one without the fix; empty when it has it, or is not a version. */
    Optional<String> missingIn(String version) {
        return Version.read(version).flatMap(this::missingIn).map(Version::toString);
    }

    private Optional<Version> missingIn(Version version) {
        Optional<Version> next =
                fixes.stream().filter(fix -> fix.compareTo(version) > 0).findFirst();
        boolean mended = fixes.stream().anyMatch(fix -> fix.isInLineOf(version) && fix.compareTo(version) <= 0);
        return mended ? Optional.empty() : next;
    }

    /** What comes after the three numbers, as of a release candidate, does not count; a last one that is left out is zero. */
    private record Version(int major, int minor, int patch) implements Comparable<Version> {

        private static final Pattern FORM =
                Pattern.compile("([0-9]{1,9})\\.([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:[^0-9].*)?");
        private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
                .thenComparingInt(Version::minor)
                .thenComparingInt(Version::patch);

        static Optional<Version> read(String version) {
            Matcher numbers = FORM.matcher(version);
            return numbers.matches()
                    ? Optional.of(new Version(
                            Integer.parseInt(numbers.group(1)),
                            Integer.parseInt(numbers.group(2)),
                            numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3))))
                    : Optional.empty();
        }

        boolean isInLineOf(Version other) {
            return major == other.major && minor == other.minor;
        }

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }
}
