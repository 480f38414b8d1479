package io.jobqueue.store.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.HostAndPortMapper;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Makes sockets whose reads end when their thread is interrupted: they belong to a channel, and the interrupt
 * closes it. An ordinary socket would keep a stopping worker in its wait, where it could still swallow a wake-up.
 */
final class ChannelSockets implements JedisSocketFactory {

    private final JedisClientConfig config;
    private final HostAndPort server;

    ChannelSockets(JedisClientConfig config, HostAndPort server) {
        HostAndPortMapper mapper = config.getHostAndPortMapper();
        this.config = config;
        this.server = mapper == null ? server : mapper.getHostAndPort(server);
    }

    @Override
    public Socket createSocket() {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            Socket socket = channel.socket();
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            // a server may be silent in a handshake or a greeting too; a wait sets a longer one
            socket.setSoTimeout(config.getSocketTimeoutMillis());
            socket.connect(
                    new InetSocketAddress(server.getHost(), server.getPort()), config.getConnectionTimeoutMillis());
            return config.isSsl() ? layered(socket) : socket;
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            throw new JedisConnectionException("Failed to connect to " + server, e);
        }
    }

    private Socket layered(Socket socket) throws IOException {
        SSLSocketFactory given = config.getSslSocketFactory();
        SSLSocketFactory tls = given != null ? given : (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket layered = (SSLSocket) tls.createSocket(socket, server.getHost(), server.getPort(), true);
        SSLParameters parameters = config.getSslParameters();
        if (parameters != null) {
            layered.setSSLParameters(parameters);
        }
        layered.startHandshake();
        return layered;
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // the failure that led here is the one to report
            }
        }
    }
}
