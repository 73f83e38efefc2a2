package io.trinity.outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * A Karaf as it is downloaded, in a new folder, with ports of its own and no Maven repository at
 * all: neither a remote one nor the user's. For one thread.
 */
final class Karaf implements AutoCloseable {
    private static final int COMMAND_SECONDS = 120;

    private final Path base;
    private final Path mavenless;

    private Karaf(Path base, Path mavenless) {
        this.base = base;
        this.mavenless = mavenless;
    }

    /** The archive that the build has fetched, where it could be had. */
    static Optional<Path> archive() throws IOException {
        Path folder = Path.of(System.getProperty("trinity.karaf"));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> there = Files.list(folder)) {
            return there.filter(f -> f.toString().endsWith(".tar.gz")).findFirst();
        }
    }

    /** Unpacked and configured, not started. */
    static Karaf unpack(Path archive) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("trinity-karaf");
        Path base = Files.createDirectory(folder.resolve("karaf"));
        Said said =
                Host.run(
                        new ProcessBuilder(
                                "tar",
                                "xzf",
                                archive.toString(),
                                "-C",
                                base.toString(),
                                "--strip-components=1"));
        if (said.code() != 0) {
            throw new AssertionError(said.toString());
        }
        Karaf karaf = new Karaf(base, Files.createDirectory(folder.resolve("no-repository")));
        karaf.configure();
        return karaf;
    }

    private void configure() throws IOException {
        // The user that comes with it, commented out.
        edit("users.properties", "(?m)^#(karaf *=|_g_)", "$1");
        edit("org.apache.karaf.shell.cfg", "(?m)^sshPort *=.*", "sshPort = " + freePort());
        edit(
                "org.apache.karaf.management.cfg",
                "(?m)^(rmiRegistryPort|rmiServerPort) *=.*",
                "$1 = 0");
        edit(
                "org.ops4j.pax.url.mvn.cfg",
                "(?m)^org.ops4j.pax.url.mvn.repositories=(.*\\\\\\R)*.*$",
                Matcher.quoteReplacement(
                        "org.ops4j.pax.url.mvn.repositories=\n"
                                + "org.ops4j.pax.url.mvn.localRepository="
                                + mavenless));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void edit(String file, String pattern, String with) throws IOException {
        Path path = path("etc/" + file);
        String before = Files.readString(path);
        String after = before.replaceAll(pattern, with);
        if (after.equals(before)) {
            throw new AssertionError("nothing to edit in " + path);
        }
        Files.writeString(path, after);
    }

    /** A line of etc/system.properties. */
    Karaf property(String name, String value) throws IOException {
        Files.writeString(
                path("etc/system.properties"),
                "\n" + name + "=" + value + "\n",
                StandardOpenOption.APPEND);
        return this;
    }

    /** A path below its folder. */
    Path path(String below) {
        return base.resolve(below);
    }

    /** {@code bin/start}; returns when it runs commands. */
    Karaf start() throws IOException, InterruptedException {
        Host.run(prepared("bin/start"));
        Await.until("Karaf runs commands", () -> batch("feature:list -i").out().contains("shell"));
        return this;
    }

    /** {@code bin/client -b}, with these lines as its standard input. */
    Said batch(String... lines) throws IOException, InterruptedException {
        Path input = Files.writeString(base.resolve("batch"), String.join("\n", lines));
        return Host.run(
                prepared("bin/client", "-u", "karaf", "-p", "karaf", "-b")
                        .redirectInput(input.toFile()));
    }

    /** {@code bin/client LINE}, its standard input open and silent, as on a terminal. */
    Said client(String line) throws IOException, InterruptedException {
        Path out = base.resolve("client.out");
        Process process =
                prepared("bin/client", "-u", "karaf", "-p", "karaf", line)
                        .redirectInput(ProcessBuilder.Redirect.PIPE)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(line + " has no end: " + Files.readString(out));
        }
        return new Said(process.exitValue(), Files.readString(out), "");
    }

    private ProcessBuilder prepared(String script, String... words) {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Stream.concat(Stream.of(path(script).toString()), Stream.of(words))
                                .toList());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(n -> n.startsWith("KARAF_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("TERM", "dumb");
        return builder.directory(base.toFile()).redirectInput(Path.of("/dev/null").toFile());
    }

    /** Its log. */
    List<String> log() throws IOException {
        Path log = path("data/log/karaf.log");
        return Files.exists(log) ? Files.readAllLines(log, UTF_8) : List.of();
    }

    /** The names of its threads, as the JDK shows them. */
    List<String> threads() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String pid = String.valueOf(process().orElseThrow().pid());
        Said said = Host.run(new ProcessBuilder(jcmd.toString(), pid, "Thread.print"));
        return said.out()
                .lines()
                .filter(l -> l.startsWith("\""))
                .map(l -> l.substring(1, l.indexOf('"', 1)))
                .toList();
    }

    /** Its process, once it has written its id. */
    private Optional<ProcessHandle> process() throws IOException {
        Path file = path("karaf.pid");
        return Files.exists(file)
                ? ProcessHandle.of(Long.parseLong(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** Kills it, however it is; its folder is left to look at. */
    @Override
    public void close() throws IOException {
        process().ifPresent(ProcessHandle::destroyForcibly);
    }
}
