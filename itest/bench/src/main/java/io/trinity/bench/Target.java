package io.trinity.bench;

import io.trinity.bench.inside.Activator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A copy of the distribution with the bench's bundle in it, running. */
final class Target implements AutoCloseable {
    private static final String INSIDE = Activator.class.getPackageName();

    private final Path tri;
    private final Path home;

    private Target(Path tri, Path home) {
        this.tri = tri;
        this.home = home;
    }

    /**
     * @param work a folder, where the copy and its home are made
     */
    static Target start(Path distribution, Path work) throws IOException, InterruptedException {
        Path copy = work.resolve("trinity");
        try (Stream<Path> all = Files.walk(distribution)) {
            for (Path p : all.toList()) {
                Files.copy(p, copy.resolve(distribution.relativize(p).toString()));
            }
        }
        writeBundle(copy.resolve("bundles/io.trinity.bench.jar"));
        Target target = new Target(copy.resolve("tri"), work.resolve("home"));
        target.tri("start");
        return target;
    }

    /** What a line of Gogo prints. */
    String ask(String line) throws IOException, InterruptedException {
        return tri("exec", line);
    }

    @Override
    public void close() throws IOException {
        try {
            tri("stop");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String tri(String command, String... words) throws IOException, InterruptedException {
        List<String> all =
                new ArrayList<>(
                        List.of("bash", tri.toString(), command, "--home", home.toString()));
        all.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(all)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true);
        builder.environment().put("TRINITY_JAVA", System.getProperty("java.home"));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tri " + command + " " + List.of(words) + ": " + said);
        }
        return said;
    }

    private static void writeBundle(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of(
                        "Bundle-ManifestVersion", "2",
                        "Bundle-SymbolicName", "io.trinity.bench",
                        "Bundle-Name", "Trinity bench",
                        "Bundle-Version", "0.1.0",
                        "Bundle-Activator", Activator.class.getName(),
                        "Import-Package",
                                "org.osgi.framework,io.trinity.api.plugin,io.trinity.api.registry,"
                                    + "io.trinity.api.reload,io.trinity.api.stage,io.trinity.api.stream")
                .forEach(main::putValue);
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Path c : classes()) {
                jar.putNextEntry(new JarEntry(INSIDE.replace('.', '/') + "/" + c.getFileName()));
                try (InputStream in = Files.newInputStream(c)) {
                    in.transferTo(jar);
                }
            }
        }
    }

    /** The classes of the part inside, from a folder or from our jar. */
    private static List<Path> classes() throws IOException {
        try {
            URI place = Activator.class.getResource("Activator.class").toURI();
            Path folder =
                    place.getScheme().equals("jar")
                            ? jar(place).getPath(INSIDE.replace('.', '/'))
                            : Path.of(place).getParent();
            try (Stream<Path> all = Files.list(folder)) {
                return all.toList();
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static FileSystem jar(URI place) throws IOException {
        return FileSystems.newFileSystem(place, Map.of());
    }
}
