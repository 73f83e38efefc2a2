package io.trinity.bench.kernels;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.StrippedModule;
import io.trinity.engine.compile.Layout;
import io.trinity.testkit.MapClassLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A compiled module in files, as a generated bundle keeps it. */
final class Saved {
    private Saved() {}

    /** Compiles and writes. */
    static void write(Path folder, Load which, byte[] module) throws IOException {
        CompiledModule compiled = Trinity.ENGINE.compile(Trinity.WHO, module);
        Files.write(folder.resolve(which + ".stripped"), compiled.module().bytes());
        try (OutputStream out = Files.newOutputStream(folder.resolve(which + ".classes"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(0);
            for (Map.Entry<String, byte[]> c : compiled.classes().entrySet()) {
                zip.putNextEntry(new ZipEntry(c.getKey()));
                zip.write(c.getValue());
            }
        }
    }

    /** Links what was written, and instantiates it. */
    static Machine load(Path folder, Load which) {
        StrippedModule module =
                new StrippedModule(
                        Modules.read(folder.resolve(which + ".stripped")),
                        Layout.mainClass(),
                        Trinity.ENGINE.build());
        MapClassLoader classes = new MapClassLoader(classes(folder.resolve(which + ".classes")));
        return new Trinity(Trinity.instance(Trinity.ENGINE.load(Trinity.WHO, module, classes)));
    }

    private static SortedMap<String, byte[]> classes(Path file) {
        SortedMap<String, byte[]> classes = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(Modules.read(file)))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                classes.put(e.getName(), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return classes;
    }
}
