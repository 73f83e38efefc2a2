package io.trinity.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The other side: a server on the loopback address whose manners a test decides. */
final class Peer implements AutoCloseable {
    private final ServerSocket server;
    private final Manners manners;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();

    /** What it does with one connection; the connection is closed after it. */
    interface Manners {
        void meet(Socket socket) throws IOException;
    }

    Peer(Manners manners) throws IOException {
        this(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), manners);
    }

    Peer(ServerSocket server, Manners manners) {
        this.server = server;
        this.manners = manners;
        daemon(this::accept);
    }

    /** Reads the head of a request and writes that text. */
    static Peer answering(String answer) throws IOException {
        return new Peer(
                s -> {
                    head(s.getInputStream());
                    s.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                });
    }

    /** Writes a beginning, and then the same for ever, as fast as it is taken. */
    static Peer endless(String beginning, String then) throws IOException {
        return new Peer(
                s -> {
                    head(s.getInputStream());
                    OutputStream out = s.getOutputStream();
                    out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
                    byte[] more = then.getBytes(StandardCharsets.ISO_8859_1);
                    while (true) {
                        out.write(more);
                    }
                });
    }

    /** Reads all that comes and says nothing, until the other side closes. */
    static void listen(Socket s) throws IOException {
        InputStream in = s.getInputStream();
        while (in.read() >= 0) {
            // goes on
        }
    }

    /** Reads to the empty line. */
    static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            text.append((char) b);
        }
        return text.toString();
    }

    private void accept() {
        try {
            while (true) {
                Socket s = server.accept();
                accepted.incrementAndGet();
                sockets.add(s);
                daemon(
                        () -> {
                            try (s) {
                                manners.meet(s);
                            } catch (IOException e) {
                                // The other side has closed.
                            }
                        });
            }
        } catch (IOException e) {
            // closed
        }
    }

    private static void daemon(Runnable task) {
        Thread t = new Thread(task, "peer");
        t.setDaemon(true);
        t.start();
    }

    int port() {
        return server.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket s : sockets) {
            s.close();
        }
    }
}
