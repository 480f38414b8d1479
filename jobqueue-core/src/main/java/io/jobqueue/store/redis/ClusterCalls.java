package io.jobqueue.store.redis;

import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * Calls the node of a cluster that has the slot. A redirected call was not made and goes where it belongs, one on a slot
 * that is on the move waits for its arrival; a call without an answer is never made twice here, for it may have been made: who called decides.
 */
final class ClusterCalls implements CommandExecutor {

    private final ClusterConnectionProvider provider;
    private final int mostRedirections;
    private final MovePatience patience;

    ClusterCalls(ClusterConnectionProvider provider, int mostRedirections, MovePatience patience) {
        this.provider = provider;
        this.mostRedirections = mostRedirections;
        this.patience = patience;
    }

    @Override
    public <T> T executeCommand(CommandObject<T> command) {
        try {
            return patience.call(() -> follow(command));
        } catch (JedisConnectionException e) {
            renew(provider);
            throw e;
        }
    }

    private <T> T follow(CommandObject<T> command) {
        try (Connection connection = provider.getConnection(command.getArguments())) {
            return call(connection, command);
        } catch (JedisRedirectionException e) {
            return follow(command, e, mostRedirections - 1);
        }
    }

    private <T> T follow(CommandObject<T> command, JedisRedirectionException to, int redirections) {
        try (Connection connection = provider.getConnection(to.getTargetNode())) {
            if (to instanceof JedisAskDataException) {
                connection.executeCommand(Protocol.Command.ASKING);
            }
            return call(connection, command);
        } catch (JedisRedirectionException e) {
            if (redirections == 0) {
                throw e;
            }
            return follow(command, e, redirections - 1);
        }
    }

    /** Who says that a slot has moved knows where all are now. */
    private <T> T call(Connection connection, CommandObject<T> command) {
        try {
            return connection.executeCommand(command);
        } catch (JedisMovedDataException e) {
            provider.renewSlotCache(connection);
            throw e;
        }
    }

    /** Asks the nodes anew who has which slot; while that fails the last answer holds. */
    static void renew(ClusterConnectionProvider provider) {
        try {
            provider.renewSlotCache();
        } catch (JedisException e) {
            // nobody can tell: the call that led here says so to who called
        }
    }

    @Override
    public void close() {
        provider.close();
    }
}
