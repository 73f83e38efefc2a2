package io.trinity.network;

import io.trinity.api.host.Http;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.stream.Chunk;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.framework.Version;

/** The network as a plugin has it, with names that a test decides. */
final class Rig implements AutoCloseable {
    static final PluginRef PLUGIN = new PluginRef("maps", new Version(1, 0, 0));

    /** Long enough that only a hang reaches it. */
    static final long TIMEOUT_MILLIS = 30_000;

    final FakeGrants grants = new FakeGrants();
    final Map<String, String[]> names = new HashMap<>();
    final List<String> lookedUp = new CopyOnWriteArrayList<>();
    final NetworkComponent network;
    final HttpComponent http;
    final TcpComponent tcp;
    PluginRef plugin = PLUGIN;
    long callMillis = TIMEOUT_MILLIS;

    Rig() {
        this(Map.of(), (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    Rig(Map<String, Object> configuration, SSLSocketFactory tls) {
        network =
                new NetworkComponent(
                        grants,
                        configuration,
                        Path.of("").toAbsolutePath(),
                        this::lookup,
                        a -> false,
                        () -> tls);
        http = new HttpComponent(network);
        tcp = new TcpComponent(network);
    }

    private InetAddress[] lookup(String name) throws UnknownHostException {
        lookedUp.add(name);
        String[] texts = names.get(name);
        if (texts == null) {
            throw new UnknownHostException(name);
        }
        InetAddress[] all = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = InetAddress.getByName(texts[i]);
        }
        return all;
    }

    void grant(String... scope) {
        grants.scope = List.of(scope);
    }

    HostCall call() {
        return new HostCall(plugin, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(callMillis));
    }

    Http.Response send(
            String method, String url, byte[] body, long timeoutMillis, Chunk.Attribute... headers)
            throws HostFailure {
        return http.send(
                call(), new Http.Request(method, url, List.of(headers), body, timeoutMillis));
    }

    Http.Response get(String url) throws HostFailure {
        return send("GET", url, new byte[0], TIMEOUT_MILLIS);
    }

    static String header(Http.Response answer, String name) {
        return answer.headers().stream()
                .filter(h -> h.name().equals(name))
                .map(Chunk.Attribute::value)
                .findFirst()
                .orElseThrow();
    }

    long open(String host, int port) throws HostFailure {
        return tcp.open(call(), host, port, TIMEOUT_MILLIS);
    }

    void write(long connection, byte[] data, long timeoutMillis) throws HostFailure {
        tcp.send(call(), connection, data, timeoutMillis);
    }

    byte[] receive(long connection, long limit, long timeoutMillis) throws HostFailure {
        return tcp.receive(call(), connection, limit, timeoutMillis);
    }

    void close(long connection) {
        tcp.close(call(), connection);
    }

    @Override
    public void close() {
        network.deactivate();
    }
}
