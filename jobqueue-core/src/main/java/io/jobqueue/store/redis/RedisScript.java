package io.jobqueue.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One Lua script: constant text from this package's resources, with its includes in place.
 *
 * @param name the file's name without its ending
 * @param text what EVAL is sent
 * @param sha what EVALSHA is sent
 */
record RedisScript(String name, byte[] text, byte[] sha) {

    private static final String INCLUDE = "--#include ";

    /**
     * Loads a script.
     *
     * @param texts returns the text of a script, and of {@code include/…}
     */
    static RedisScript load(String name, UnaryOperator<String> texts) {
        byte[] text = withIncludes(texts.apply(name), texts).getBytes(UTF_8);
        return new RedisScript(name, text, sha1(text));
    }

    private static String withIncludes(String text, UnaryOperator<String> texts) {
        return text.lines()
                .map(line -> line.startsWith(INCLUDE)
                        ? withIncludes(texts.apply("include/" + line.substring(INCLUDE.length())), texts)
                        : line)
                .collect(Collectors.joining("\n"));
    }

    /**
     * Returns the texts of this package, with the clock's own in place of {@code include/clock}.
     *
     * @param sharded whether messages go only to the nodes that have the slot of their queue
     */
    static UnaryOperator<String> texts(StoreClock clock, boolean sharded) {
        return name -> name.equals("include/clock")
                ? clock.include()
                : resource(sharded && name.equals("include/publish") ? name + "-sharded" : name);
    }

    static String resource(String name) {
        try (InputStream stream = RedisScript.class.getResourceAsStream(name + ".lua")) {
            if (stream == null) {
                throw new IllegalStateException("script " + name + ".lua is missing from the jar");
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("script " + name + ".lua cannot be read", e);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
