package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One home and the {@code ./tri} that serves it, as somebody meets them who only types, copies
 * files and looks. For one thread.
 */
final class Host implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");
    private static final int COMMAND_SECONDS = 180;

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private boolean bare;
    private long pid;

    private Host(Path home) {
        this.home = home;
        environment.put("TRINITY_BUILD", "never");
        environment.put("TRINITY_JAVA", System.getProperty("java.home"));
    }

    /** A host with a new home in a new folder, not started. {@link #close} removes neither. */
    static Host fresh() throws IOException {
        return at(Files.createTempDirectory("trinity-outside").resolve("home"));
    }

    /** A host with that home, which may not exist yet. Not started. */
    static Host at(Path home) {
        return new Host(home);
    }

    /** The distribution that is tried. */
    static Path distribution() {
        return Path.of(System.getProperty("trinity.distribution"));
    }

    /** The checkout that it was built from. */
    static Path checkout() {
        return Path.of(System.getProperty("trinity.root"));
    }

    Path home() {
        return home;
    }

    /** A path below the home. */
    Path path(String below) {
        return home.resolve(below);
    }

    /** A variable for every command and for the host that they start; null takes it away. */
    Host environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Commands, and the host, get nothing of the caller's environment but PATH: {@code env -i}. */
    Host bareEnvironment() {
        bare = true;
        return this;
    }

    // ---- commands

    /** A command, not started: {@code ./tri WORDS}, without standard input. */
    ProcessBuilder command(String... words) {
        List<String> line =
                new ArrayList<>(List.of("bash", distribution().resolve("tri").toString()));
        line.addAll(List.of(words));
        return prepare(new ProcessBuilder(line));
    }

    /** Gives a process this host's environment, and no standard input. */
    ProcessBuilder prepare(ProcessBuilder builder) {
        builder.redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> env = builder.environment();
        if (bare) {
            String path = env.get("PATH");
            env.clear();
            env.put("PATH", path);
        }
        env.remove("TRINITY_HOME");
        env.put("TRINITY_OPTS", System.getProperty("trinity.options", ""));
        environment.forEach(
                (name, value) -> {
                    if (value == null) {
                        env.remove(name);
                    } else {
                        env.put(name, value);
                    }
                });
        return builder;
    }

    /** Runs {@code ./tri WORDS} to its end. */
    Said tri(String... words) throws IOException, InterruptedException {
        return run(command(words));
    }

    /** Runs a process to its end; fails when it has none within three minutes. */
    static Said run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path out = Files.createTempFile("tri", ".out");
        Path err = Files.createTempFile("tri", ".err");
        try {
            Process process =
                    builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(builder.command() + " has no end: " + text(out, err));
            }
            return new Said(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** {@code ./tri start}, which must succeed. */
    Host start() throws IOException, InterruptedException {
        Said said = tri("start", "--home", home.toString());
        assertEquals(0, said.code(), said::toString);
        Matcher m = PID.matcher(said.out());
        assertTrue(m.find(), said::toString);
        pid = Long.parseLong(m.group(1));
        return this;
    }

    /** {@code ./tri stop}, which must succeed. */
    Host stop() throws IOException, InterruptedException {
        Said said = tri("stop", "--home", home.toString());
        assertEquals(0, said.code(), said::toString);
        pid = 0;
        return this;
    }

    /** {@code kill -9}. Returns when the process is gone. */
    Host kill() {
        process()
                .ifPresent(
                        p -> {
                            p.destroyForcibly();
                            p.onExit().join();
                        });
        pid = 0;
        return this;
    }

    /** The host's process, while it lives. */
    Optional<ProcessHandle> process() {
        return pid == 0 ? Optional.empty() : ProcessHandle.of(pid);
    }

    /** {@code ./tri exec LINE}, whatever comes of it. */
    Said tryExec(String line) throws IOException, InterruptedException {
        return tri("exec", "--home", home.toString(), line);
    }

    /** {@code ./tri exec LINE}, which must succeed; what it printed. */
    String exec(String line) throws IOException, InterruptedException {
        Said said = tryExec(line);
        assertEquals(0, said.code(), () -> line + ": " + said);
        return said.out();
    }

    /** What {@code plugin:list --json} says of a plugin; empty where there is none. */
    Map<String, Object> plugin(String name) throws IOException, InterruptedException {
        for (Object o : JSON.std.listFrom(exec("plugin:list --json"))) {
            if (o instanceof Map<?, ?> fields && name.equals(fields.get("name"))) {
                Map<String, Object> found = new LinkedHashMap<>();
                fields.forEach((key, value) -> found.put(String.valueOf(key), value));
                return found;
            }
        }
        return Map.of();
    }

    // ---- files

    /** Puts a file below the home, whole, by a rename; folders on the way are made. */
    Host put(String below, byte[] bytes) throws IOException {
        Path to = home.resolve(below);
        Files.createDirectories(to.getParent());
        Path aside = Files.createTempFile(home, ".aside", "");
        Files.write(aside, bytes);
        Files.move(aside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** The same with a text, in UTF-8. */
    Host put(String below, String text) throws IOException {
        return put(below, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A configuration: {@code conf/io.trinity.PID.cfg} with that text. */
    Host conf(String pid, String text) throws IOException {
        return put("conf/io.trinity." + pid + ".cfg", text);
    }

    /** A plugin of the distribution's samples, under its own name, and waits until it is active. */
    Host sample(String name) throws IOException, InterruptedException {
        return plugin(
                name,
                Files.readAllBytes(
                        distribution().resolve("plugins/" + name + "/" + name + ".wasm")));
    }

    /** A plugin into plugins/ of the running host, and waits until it is active. */
    Host plugin(String name, byte[] module) throws IOException, InterruptedException {
        put("plugins/" + name + ".wasm", module);
        exec("plugin:load " + name);
        return this;
    }

    /** The text of a file below the home. */
    String read(String below) throws IOException {
        return text(home.resolve(below));
    }

    /** The log up to now. */
    String log() throws IOException {
        return read("log/trinity.log");
    }

    /** Waits until the log holds a text. */
    void awaitLog(String text) {
        Await.until("the log says '" + text + "'", () -> log().contains(text));
    }

    /** Waits until a file of the home is there, and reads it. */
    String awaitFile(String below) throws IOException {
        Await.until(below + " is there", () -> Files.exists(home.resolve(below)));
        return read(below);
    }

    /** The summary of a file that went through: the last line of its {@code .jsonl}. */
    Map<String, Object> summary(String file) throws IOException {
        String[] lines = awaitFile("outbox/" + file + ".jsonl").strip().split("\n");
        return JSON.std.mapFrom(lines[lines.length - 1]);
    }

    /** Names of what is in a folder of the home, sorted; none where there is no such folder. */
    List<String> names(String below) throws IOException {
        Path folder = home.resolve(below);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path... files) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files) {
            text.append(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        }
        return text.toString();
    }

    /** Ends the process, if it lives. */
    @Override
    public void close() {
        kill();
    }
}
