package io.jobqueue.store.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** One connection, for calls that mean nothing on different ones. Closing it gives it back. Not thread-safe. */
final class HeldConnection implements AutoCloseable {

    private final Connection connection;
    private final boolean asking;

    private HeldConnection(Connection connection, boolean asking) {
        this.connection = connection;
        this.asking = asking;
    }

    static HeldConnection of(Connection connection) {
        return new HeldConnection(connection, false);
    }

    /** A node that is being given a slot takes calls for it only from those who say that they were sent. */
    static HeldConnection redirected(Connection connection, JedisRedirectionException redirection) {
        return new HeldConnection(connection, redirection instanceof JedisAskDataException);
    }

    Object evaluate(RedisScript script, List<byte[]> keys, List<byte[]> values) {
        try {
            return ask(evaluation(Protocol.Command.EVALSHA, script.sha(), keys, values));
        } catch (JedisNoScriptException e) {
            return ask(evaluation(Protocol.Command.EVAL, script.text(), keys, values));
        }
    }

    private static CommandObject<Object> evaluation(
            ProtocolCommand command, byte[] script, List<byte[]> keys, List<byte[]> values) {
        CommandArguments evaluation = new CommandArguments(command)
                .add(script)
                .add(keys.size())
                .keys(keys)
                .addObjects(values);
        return new CommandObject<>(evaluation, BuilderFactory.RAW_OBJECT);
    }

    private Object ask(CommandObject<Object> script) {
        if (asking) {
            connection.executeCommand(Protocol.Command.ASKING);
        }
        return connection.executeCommand(script);
    }

    /** Returns how many replicas have all that was written before; waits for {@code most} of them. */
    long awaitReplicas(int most, Duration atMost) {
        CommandArguments wait =
                new CommandArguments(Protocol.Command.WAIT).add(most).add(atMost.toMillis());
        return patiently(atMost, new CommandObject<>(wait, BuilderFactory.LONG));
    }

    /** Returns whether the server's own disk has all that was written before. */
    boolean awaitDisk(Duration atMost) {
        CommandArguments wait =
                new CommandArguments(Protocol.Command.WAITAOF).add(1).add(0).add(atMost.toMillis());
        return patiently(atMost, new CommandObject<>(wait, BuilderFactory.LONG_LONG_PAIR))
                        .getKey()
                > 0;
    }

    /** Returns settings of the server, those of them that it has. */
    Map<String, String> settings(String... names) {
        CommandArguments question = new CommandArguments(Protocol.Command.CONFIG).add("GET");
        for (String name : names) {
            question.add(name);
        }
        return connection.executeCommand(new CommandObject<>(question, BuilderFactory.STRING_MAP));
    }

    /** Returns what stays the same while the same connection is borrowed, and is another for any other. */
    Object line() {
        return connection;
    }

    /** Returns what the server says of itself; nothing when the user may not ask. */
    ServerFacts facts() {
        return ServerFacts.of(connection);
    }

    /** The server answers late on purpose, which is not the silence that the socket's timeout is for. */
    private <T> T patiently(Duration atMost, CommandObject<T> command) {
        int usual = connection.getSoTimeout();
        connection.setSoTimeout(Math.toIntExact(usual + atMost.toMillis()));
        try {
            return connection.executeCommand(command);
        } finally {
            connection.setSoTimeout(usual);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
