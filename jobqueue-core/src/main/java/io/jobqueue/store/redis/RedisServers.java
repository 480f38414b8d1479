package io.jobqueue.store.redis;

import io.jobqueue.InvalidJobException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which servers a connection names. */
sealed interface RedisServers {

    /**
     * Returns those that were named.
     *
     * @throws InvalidJobException when both Sentinels and a cluster are, or a database of a cluster
     */
    static RedisServers choose(RedisNode one, @Nullable Sentinels sentinels, @Nullable Cluster cluster, int database) {
        if (cluster == null) {
            return sentinels != null ? sentinels : new One(one);
        }
        if (sentinels != null) {
            throw new InvalidJobException(
                    "redis: has both sentinels and cluster nodes; a cluster has no sentinels, give one of the two");
        }
        if (database != 0) {
            throw new InvalidJobException(
                    "redis database " + database + ": a cluster has only database 0; use a key prefix instead");
        }
        return cluster;
    }

    /** Returns them in a form for people, without a password. */
    String describe(int database);

    /** Returns how they are arranged, in a word. */
    String mode();

    /** Returns those that keep no jobs themselves and know who does. */
    default Set<RedisNode> watchers() {
        return Set.of();
    }

    RedisTopology topology(RedisSockets sockets);

    /** One, and no other. */
    record One(RedisNode node) implements RedisServers {

        @Override
        public String describe(int database) {
            return node + "/" + database;
        }

        @Override
        public String mode() {
            return "standalone";
        }

        @Override
        public RedisTopology topology(RedisSockets sockets) {
            return new StandaloneTopology(node, sockets);
        }
    }

    /** Those who know the master. */
    record Sentinels(
            String master,
            Set<RedisNode> nodes,
            @Nullable String username,
            @Nullable String password) implements RedisServers {

        @Override
        public String describe(int database) {
            return "sentinel " + master + "@" + RedisNode.describe(nodes) + "/" + database;
        }

        @Override
        public String mode() {
            return "sentinel";
        }

        @Override
        public Set<RedisNode> watchers() {
            return nodes;
        }

        @Override
        public RedisTopology topology(RedisSockets sockets) {
            return new SentinelTopology(this, sockets);
        }
    }

    /** Some of a cluster, who know the others. */
    record Cluster(Set<RedisNode> seeds) implements RedisServers {

        @Override
        public String describe(int database) {
            return "cluster " + RedisNode.describe(seeds);
        }

        @Override
        public String mode() {
            return "cluster";
        }

        @Override
        public RedisTopology topology(RedisSockets sockets) {
            return new ClusterTopology(seeds, sockets);
        }
    }
}
