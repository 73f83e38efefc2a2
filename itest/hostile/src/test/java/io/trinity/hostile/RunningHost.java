package io.trinity.hostile;

import com.fasterxml.jackson.jr.ob.JSON;
import io.trinity.shell.wire.ChannelStreams;
import io.trinity.shell.wire.Frame;
import io.trinity.shell.wire.Request;
import io.trinity.shell.wire.SocketPlace;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The distribution in a process of its own, on a home of its own. */
final class RunningHost implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");

    private final Path tri;
    private final Path home;
    private final ProcessHandle process;

    /** What a line of Gogo printed, and how it ended. */
    record Said(int code, String out, String err) {}

    private RunningHost(Path tri, Path home, ProcessHandle process) {
        this.tri = tri;
        this.home = home;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param folder where its home is made; stays there, with the log
     * @param conf names and texts of more configuration files
     */
    static RunningHost start(Path distribution, Path folder, Map<String, String> conf)
            throws IOException, InterruptedException {
        Path tri = distribution.resolve("tri");
        Path home = Files.createTempDirectory(folder, "home");
        Files.createDirectories(home.resolve("conf"));
        Files.createDirectories(home.resolve("payload"));
        for (Map.Entry<String, String> file : conf.entrySet()) {
            Files.writeString(home.resolve("conf").resolve(file.getKey()), file.getValue());
        }
        String said = run(tri, "start", home);
        Matcher pid = PID.matcher(said);
        if (!pid.find()) {
            throw new IOException("tri start says no pid: " + said);
        }
        long number = Long.parseLong(pid.group(1));
        return new RunningHost(
                tri,
                home,
                ProcessHandle.of(number)
                        .orElseThrow(() -> new IOException("process " + number + " has ended")));
    }

    private static String run(Path tri, String command, Path home)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", tri.toString(), command, "--home", home.toString())
                        .directory(home.toFile()) // where a JVM that crashes leaves its report
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true);
        builder.environment().put("TRINITY_BUILD", "never");
        builder.environment().put("TRINITY_JAVA", System.getProperty("java.home"));
        // What is reachable can be told from the heap only if no collection leaves gaps.
        builder.environment().put("TRINITY_OPTS", "-XX:MarkSweepAlwaysCompactCount=1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tri " + command + ": " + said);
        }
        return said;
    }

    Path home() {
        return home;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Runs a line of Gogo; anything that it throws means that the host does not answer. */
    Said exec(String line) throws IOException {
        Path socket = SocketPlace.find(home.resolve("data"));
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            new Request(home.toString(), line).writeTo(ChannelStreams.output(channel));
            DataInputStream in =
                    new DataInputStream(new BufferedInputStream(ChannelStreams.input(channel)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            while (true) {
                Frame frame = Frame.readFrom(in);
                switch (frame.kind()) {
                    case OUT -> out.writeBytes(frame.bytes());
                    case ERR -> err.writeBytes(frame.bytes());
                    case EXIT -> {
                        return new Said(
                                frame.exitCode(),
                                out.toString(StandardCharsets.UTF_8),
                                err.toString(StandardCharsets.UTF_8));
                    }
                }
            }
        }
    }

    /** {@code plugin:list --json}. */
    List<Map<String, Object>> list() throws IOException {
        List<Map<String, Object>> plugins = new ArrayList<>();
        for (Object plugin : JSON.std.listFrom(exec("plugin:list --json").out())) {
            @SuppressWarnings("unchecked") // objects of JSON are maps
            Map<String, Object> fields = (Map<String, Object>) plugin;
            plugins.add(fields);
        }
        return plugins;
    }

    /** Puts a file into the plugin folder whole, as a rename does. */
    void drop(String fileName, byte[] bytes) throws IOException {
        Path aside = home.resolve("payload").resolve(fileName);
        Files.write(aside, bytes);
        Files.move(
                aside,
                home.resolve("plugins").resolve(fileName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    void remove(String fileName) throws IOException {
        Files.delete(home.resolve("plugins").resolve(fileName));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            run(tri, "stop", home);
        } finally {
            process.destroyForcibly();
            process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }
}
