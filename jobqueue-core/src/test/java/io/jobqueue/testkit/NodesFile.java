package io.jobqueue.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in which a server keeps what it knows of its cluster. Valkey 8.0.1 among others, killed at a bad moment, leaves
 * one there with which it does not start again (valkey-io/valkey#2171): a replica with another shard than that of its
 * master.
 */
final class NodesFile {

    private static final int ADDRESS = 1;
    private static final int MASTER = 3;
    private static final Pattern SHARD = Pattern.compile("shard-id=[0-9a-f]+");

    private final Path file;

    NodesFile(Path directory) {
        file = directory.resolve("nodes.conf");
    }

    /** Gives each replica the shard of its master, as later servers do when they start; nothing when there is no file. */
    void mend() {
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            Map<String, String> shards = new HashMap<>();
            lines.forEach(line -> {
                Matcher shard = SHARD.matcher(line);
                if (shard.find()) {
                    shards.put(line.substring(0, line.indexOf(' ')), shard.group());
                }
            });
            Files.write(
                    file,
                    lines.stream().map(line -> withShardOfMaster(line, shards)).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withShardOfMaster(String line, Map<String, String> shards) {
        String[] fields = line.split(" ", -1);
        if (fields.length <= MASTER || !shards.containsKey(fields[MASTER])) {
            return line;
        }
        fields[ADDRESS] = SHARD.matcher(fields[ADDRESS]).replaceFirst(shards.get(fields[MASTER]));
        return String.join(" ", fields);
    }
}
