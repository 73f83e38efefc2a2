package io.trinity.launcher;

import io.trinity.api.contract.Contract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** {@code version}: what this distribution is made of, without starting it. */
final class VersionCommand {
    private VersionCommand() {}

    static int run(List<String> words) throws IOException {
        if (!words.isEmpty()) {
            throw Failure.usage("unexpected '" + words.get(0) + "'; usage: ./tri version");
        }
        Path bundles = Distribution.current().root().resolve("bundles");
        System.out.println("trinity   " + of(bundles.resolve("io.trinity.shell.jar"), "Version"));
        System.out.println("engine    " + of(bundles.resolve("io.trinity.chicory.jar"), "Name"));
        System.out.println("contract  trinity:plugin@" + Contract.VERSION);
        System.out.println(
                "java      "
                        + Runtime.version()
                        + "  "
                        + System.getProperty("java.vm.name")
                        + "  "
                        + System.getProperty("java.home"));
        return ExitCode.DONE;
    }

    private static String of(Path jar, String header) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            @Nullable Manifest manifest = file.getManifest();
            String value =
                    manifest == null
                            ? null
                            : manifest.getMainAttributes().getValue("Bundle-" + header);
            return value == null ? "unknown" : value.replace(".SNAPSHOT", "-SNAPSHOT");
        }
    }
}
