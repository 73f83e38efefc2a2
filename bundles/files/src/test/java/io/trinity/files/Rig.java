package io.trinity.files;

import io.trinity.api.home.Home;
import io.trinity.api.host.Files.Entry;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.wasi.PosixFiles.Outcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/** Files as a plugin has them: granted/maps is granted, outside/secret is the canary. */
final class Rig implements AutoCloseable {
    static final PluginRef PLUGIN = new PluginRef("atlas", new Version(1, 0, 0));
    static final String CANARY = "canary";

    final FakeGrants grants = new FakeGrants();
    final Path root;
    final Path maps;
    final Path outside;
    final Path secret;
    final Home home;
    final FilesComponent files;
    final FileReadComponent read;
    final FileWriteComponent write;
    final FilePosixComponent posix;

    /** One call of the plugin; only a hang reaches its end. */
    HostCall call = callOf(30_000);

    Rig(Path root) throws IOException {
        this(root, Map.of(), FileChannel::write);
    }

    Rig(Path root, Map<String, Object> configuration, Copying.Disk disk) throws IOException {
        this.root = root;
        maps = Files.createDirectories(root.resolve("granted/maps"));
        outside = Files.createDirectories(root.resolve("outside"));
        secret = Files.writeString(outside.resolve("secret"), CANARY);
        home = new Home(root.resolve("home"));
        files = new FilesComponent(grants, home, root.resolve("distribution"), configuration, disk);
        read = new FileReadComponent(files);
        write = new FileWriteComponent(files);
        posix = new FilePosixComponent(files);
        grant(maps.toString());
    }

    static HostCall callOf(long millis) {
        return new HostCall(PLUGIN, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    void grant(String... scope) {
        grants.scopes.put(Capability.FILE_READ, List.of(scope));
        grants.scopes.put(Capability.FILE_WRITE, List.of(scope));
    }

    byte[] read(String path, long offset, long length) throws HostFailure {
        return read.read(call, path, offset, length);
    }

    String text(String path) throws HostFailure {
        return new String(read(path, 0, 65_536), StandardCharsets.UTF_8);
    }

    Entry stat(String path) throws HostFailure {
        return read.stat(call, path);
    }

    List<String> entries(String path, String after) throws HostFailure {
        return read.entries(call, path, after).stream().map(Entry::name).toList();
    }

    void write(String path, long offset, String text) throws HostFailure {
        write(path, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    void write(String path, long offset, byte[] data) throws HostFailure {
        write.write(call, path, offset, data);
    }

    void resize(String path, long size) throws HostFailure {
        write.resize(call, path, size);
    }

    void remove(String path) throws HostFailure {
        write.remove(call, path);
    }

    Outcome open(String path, boolean create, boolean exclusive, boolean truncate)
            throws HostFailure {
        return posix.open(call, path, create, exclusive, truncate);
    }

    long append(String path, String text) throws HostFailure {
        return posix.append(call, path, text.getBytes(StandardCharsets.UTF_8));
    }

    Outcome makeDirectory(String path) throws HostFailure {
        return posix.makeDirectory(call, path);
    }

    Outcome removeFile(String path) throws HostFailure {
        return posix.removeFile(call, path);
    }

    Outcome removeDirectory(String path) throws HostFailure {
        return posix.removeDirectory(call, path);
    }

    /** All that is below a directory, with what is in it. */
    static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path p : below.toList()) {
                all.put(
                        directory.relativize(p).toString(),
                        Files.isRegularFile(p)
                                ? Files.readString(p, StandardCharsets.ISO_8859_1)
                                : "");
            }
        }
        return all;
    }

    /** Files of ours that are left in a directory. */
    static List<String> temporaryFiles(Path directory) throws IOException {
        try (Stream<Path> below = Files.list(directory)) {
            return below.map(p -> p.getFileName().toString())
                    .filter(n -> n.startsWith(PluginPath.ASIDE))
                    .toList();
        }
    }

    @Override
    public void close() {
        files.deactivate();
    }
}
