package io.trinity.bench.kernels;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The modules that are run. */
public final class Modules {
    /** System property of a fork: the folder in which {@link #write} has been. */
    public static final String FOLDER = "trinity.bench.modules";

    /** Where {@code trips.wasm} takes the bytes of a round trip, which are changed in place. */
    static final int TRIP_AT = 1024;

    private Modules() {}

    static byte[] kernels() {
        return resource("kernels.wasm");
    }

    static byte[] trips() {
        return assembled("trips");
    }

    /** The round trip as a plugin of Extism's. */
    static byte[] extism() {
        return assembled("extism");
    }

    /** Assembled anew; a fork, where that second would count, reads what {@link #write} wrote. */
    private static byte[] assembled(String name) {
        String folder = System.getProperty(FOLDER);
        if (folder != null) {
            return read(Path.of(folder, name + ".wasm"));
        }
        return Wat2Wasm.parse(new String(resource(name + ".wat"), StandardCharsets.UTF_8));
    }

    /**
     * Writes what forks and node read.
     *
     * @param large the module of {@link Load#LARGE}
     */
    public static void write(Path folder, byte[] large) throws IOException {
        Files.write(folder.resolve("kernels.wasm"), kernels());
        Files.write(folder.resolve("trips.wasm"), trips());
        Files.write(folder.resolve("extism.wasm"), extism());
        Files.write(folder.resolve("v8.cjs"), resource("v8.cjs"));
        write(folder, Load.SMALL, kernels());
        write(folder, Load.LARGE, large);
    }

    private static void write(Path folder, Load which, byte[] module) throws IOException {
        Files.write(folder.resolve(which.file()), module);
        Saved.write(folder, which, module);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = Modules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not there");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
