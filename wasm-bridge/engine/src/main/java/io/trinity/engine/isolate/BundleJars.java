package io.trinity.engine.isolate;

import io.trinity.api.home.DurableFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.CodeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A class path for a process outside of the framework, from bundles inside of it: a bundle, and all
 * whose packages it imports. The jars that they were installed from may have gone or changed since,
 * so that they are written anew from what is installed.
 */
public final class BundleJars {
    private BundleJars() {}

    /**
     * Writes what is not written yet.
     *
     * @param folder nobody else's; jars that are not needed any more are deleted
     * @return the jars, that of the bundle itself first
     */
    public static List<Path> of(Bundle bundle, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> jars = new ArrayList<>();
        for (Bundle needed : closure(bundle)) {
            if (needed.getBundleId() == 0) {
                frameworksOwn(folder, jars);
            } else {
                jars.add(written(needed, folder));
            }
        }
        deleteOthers(folder, jars);
        return jars;
    }

    private static Set<Bundle> closure(Bundle bundle) {
        Set<Bundle> found = new LinkedHashSet<>();
        Deque<Bundle> open = new ArrayDeque<>(List.of(bundle));
        while (!open.isEmpty()) {
            Bundle next = open.remove();
            BundleWiring wiring = next.adapt(BundleWiring.class);
            // What the framework itself imports or is asked for is the JDK's.
            if (found.add(next) && wiring != null && next.getBundleId() != 0) {
                for (BundleWire w : wiring.getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                    open.add(w.getProvider().getBundle());
                }
            }
        }
        return found;
    }

    /**
     * The framework's classes come from wherever the JVM that runs it has them. A jar is copied:
     * its path may hold what separates two of them.
     */
    private static void frameworksOwn(Path folder, List<Path> jars) throws IOException {
        @Nullable CodeSource source = Version.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return;
        }
        Path there;
        try {
            there = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IllegalStateException("the framework is at " + source.getLocation(), e);
        }
        jars.add(Files.isRegularFile(there) ? copied(there, folder) : there);
    }

    private static Path copied(Path framework, Path folder) throws IOException {
        Path jar =
                folder.resolve(
                        "framework-"
                                + Files.size(framework)
                                + "-"
                                + Files.getLastModifiedTime(framework).toMillis()
                                + ".jar");
        if (!Files.exists(jar)) {
            Path aside = Files.createTempFile(folder, "jar", ".aside");
            try {
                Files.copy(framework, aside, StandardCopyOption.REPLACE_EXISTING);
                put(aside, jar);
            } finally {
                Files.deleteIfExists(aside);
            }
        }
        return jar;
    }

    private static Path written(Bundle bundle, Path folder) throws IOException {
        Path jar =
                folder.resolve(
                        bundle.getSymbolicName()
                                + "-"
                                + bundle.getBundleId()
                                + "-"
                                + bundle.getLastModified()
                                + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Path aside = Files.createTempFile(folder, "jar", ".aside");
        try {
            try (OutputStream file = Files.newOutputStream(aside);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                out.setLevel(1);
                for (URL entry : entries(bundle)) {
                    write(entry, out);
                }
            }
            put(aside, jar);
        } finally {
            Files.deleteIfExists(aside);
        }
        return jar;
    }

    /** Whoever finds a jar of that name in a later life takes it for whole. */
    private static void put(Path aside, Path jar) throws IOException {
        DurableFile.sync(aside);
        Files.move(aside, jar, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<URL> entries(Bundle bundle) {
        @Nullable Enumeration<URL> entries = bundle.findEntries("/", "*", true);
        return entries == null ? List.of() : Collections.list(entries);
    }

    private static void write(URL entry, ZipOutputStream out) throws IOException {
        String name = entry.getPath().substring(1);
        if (name.endsWith("/")) {
            return;
        }
        out.putNextEntry(new ZipEntry(name));
        try (InputStream in = entry.openStream()) {
            in.transferTo(out);
        }
        out.closeEntry();
    }

    private static void deleteOthers(Path folder, List<Path> jars) throws IOException {
        List<Path> there;
        try (var files = Files.list(folder)) {
            there = files.filter(f -> f.toString().endsWith(".jar")).toList();
        }
        for (Path file : there) {
            if (!jars.contains(file)) {
                try {
                    Files.delete(file);
                } catch (NoSuchFileException e) {
                    // Gone already, which was the aim.
                }
            }
        }
    }
}
