package io.trinity.scenarios;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code tri} as a person types it, on one home. */
final class Tri implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("pid=(\\d+)");

    /** What a command printed and how it ended. */
    record Said(int code, String out, String err) {}

    private final Path script;
    private final Path home;
    private long pid;

    Tri(Path home) {
        this(Path.of(System.getProperty("trinity.distribution")), home);
    }

    /** That of another distribution. */
    Tri(Path distribution, Path home) {
        this.script = distribution.resolve("tri");
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** Runs a command and waits for its end. */
    Said run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(words));
        Path out = Files.createTempFile("tri", ".out");
        Path err = Files.createTempFile("tri", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("TRINITY_BUILD", "never");
        builder.environment().put("TRINITY_JAVA", System.getProperty("java.home"));
        builder.environment().put("TRINITY_OPTS", System.getProperty("trinity.options", ""));
        Process process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end; it printed " + Files.readString(out));
        }
        Said said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return said;
    }

    Said start() throws IOException, InterruptedException {
        Said said = run("start", "--home", home.toString());
        assertEquals(said.toString(), 0, said.code());
        Matcher m = PID.matcher(said.out());
        assertTrue(said.out(), m.find());
        pid = Long.parseLong(m.group(1));
        return said;
    }

    /** A line of Gogo that must succeed. */
    String exec(String line) throws IOException, InterruptedException {
        Said said = run("exec", "--home", home.toString(), line);
        assertEquals(line + ": " + said, 0, said.code());
        return said.out();
    }

    void stop() throws IOException, InterruptedException {
        Said said = run("stop", "--home", home.toString());
        assertEquals(said.toString(), 0, said.code());
        pid = 0;
    }

    /** kill -9. */
    void kill() {
        ProcessHandle.of(pid)
                .ifPresent(
                        p -> {
                            p.destroyForcibly();
                            p.onExit().join();
                        });
        pid = 0;
    }

    /** {@code plugin:list --json}, by name. */
    List<Map<String, Object>> list() throws IOException, InterruptedException {
        List<Map<String, Object>> plugins = new ArrayList<>();
        for (Object o : JSON.std.listFrom(exec("plugin:list --json"))) {
            plugins.add(asMap(o));
        }
        return plugins;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object o) {
        return (Map<String, Object>) o;
    }

    Map<String, Object> plugin(String name) throws IOException, InterruptedException {
        return list().stream().filter(p -> name.equals(p.get("name"))).findFirst().orElse(Map.of());
    }

    void awaitPlugin(String name, String version) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (true) {
            Map<String, Object> p = plugin(name);
            if ("active".equals(p.get("state"))
                    && version.equals(p.get("version"))
                    && p.get("error") == null) {
                return;
            }
            assertTrue(name + " is " + list(), System.nanoTime() - deadline < 0);
        }
    }

    void awaitFile(String path) {
        Scenario.await(path + " is there", () -> Files.exists(home.resolve(path)));
    }

    /** Puts a file into place whole. */
    void put(String path, byte[] bytes) throws IOException {
        Path aside = Files.createTempFile(home, ".aside", "");
        Files.write(aside, bytes);
        Files.move(
                aside,
                home.resolve(path),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    void putFixture(String fixture, String fileName) throws IOException {
        put(
                "plugins/" + fileName,
                Files.readAllBytes(
                        Path.of(System.getProperty("trinity.fixtures"), fixture + ".wasm")));
    }

    String log() throws IOException {
        return Files.readString(home.resolve("log/trinity.log"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        kill();
    }
}
