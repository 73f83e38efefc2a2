package io.trinity.bench.inside;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import io.trinity.api.stage.PipelineStage;
import io.trinity.api.stream.Chunk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** What is measured: the services of the distribution, and its plugin folder. */
final class House {
    private static final long TIMEOUT_NANOS = 120_000_000_000L;

    private final BundleContext context;

    House(BundleContext context) {
        this.context = context;
    }

    private <T> T only(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        if (reference == null) {
            throw new IllegalStateException("no service " + type.getName());
        }
        return context.getService(reference);
    }

    Reloader reloader() {
        return only(Reloader.class);
    }

    /** The stage of a plugin, once it is there. */
    PipelineStage stage(String plugin) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TIMEOUT_NANOS) {
            try {
                Collection<ServiceReference<PipelineStage>> found =
                        context.getServiceReferences(
                                PipelineStage.class, "(plugin.name=" + plugin + ")");
                if (!found.isEmpty()) {
                    return context.getService(found.iterator().next());
                }
            } catch (InvalidSyntaxException e) {
                throw new IllegalArgumentException(plugin, e);
            }
            pause();
        }
        throw new IllegalStateException("no stage " + plugin);
    }

    /** Puts a file into the plugin folder, whole. */
    void put(Path file, String name) throws IOException {
        Path folder = Path.of(context.getProperty("trinity.home"), "plugins");
        Path aside = folder.resolve("." + name + ".part");
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(
                aside,
                folder.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Loads a plugin from a file of its name, and returns when it serves. */
    PluginSnapshot load(Path file, String name) throws IOException {
        put(file, name + ".wasm");
        PluginSnapshot s = reloader().reload(name);
        if (s.state() != PluginState.ACTIVE || s.error().isPresent()) {
            throw new IllegalStateException(name + " is " + s);
        }
        return s;
    }

    /** Takes all plugins out. */
    void clear() throws IOException {
        PluginRegistry registry = only(PluginRegistry.class);
        for (PluginSnapshot p : registry.list()) {
            Path file = Path.of(context.getProperty("trinity.home"), "plugins", p.name() + ".wasm");
            Files.deleteIfExists(file);
            // The watch may not have seen yet that the file was there.
            reloader().removed(file);
        }
        long begin = System.nanoTime();
        while (!registry.list().isEmpty() || !reloader().settled()) {
            if (System.nanoTime() - begin > TIMEOUT_NANOS) {
                throw new IllegalStateException("still there: " + registry.list());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Chunk chunk(int bytes) {
        return new Chunk(
                new byte[bytes],
                "application/octet-stream",
                "data",
                "bench",
                List.of(),
                0,
                0,
                false);
    }

    /** A call that must succeed. */
    static int call(PipelineStage stage, List<Chunk> chunks) {
        Answer<List<Chunk>> answer = stage.process(chunks);
        if (answer instanceof Answer.Value<List<Chunk>> v && v.value().size() == 1) {
            return v.value().get(0).payload().length;
        }
        throw new IllegalStateException(stage.name() + " answered " + answer);
    }
}
