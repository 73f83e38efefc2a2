package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** Makes a home's folders and gives it the default configuration files that it lacks. */
final class HomeFolders {
    private HomeFolders() {}

    /**
     * Makes what is missing; never changes a file that is there.
     *
     * @param defaults folder of default configuration files
     */
    static void prepare(Home home, Path defaults) throws IOException {
        for (Path folder : List.of(home.plugins(), home.conf(), home.log())) {
            Files.createDirectories(folder);
        }
        for (Path folder : List.of(home.inbox(), home.outbox())) {
            // A link to a disk that is not there yet is the pipeline's to tell of and to wait for.
            if (!Files.isSymbolicLink(folder)) {
                Files.createDirectories(folder);
            }
        }
        makePrivate(home.data());
        try (Stream<Path> files = Files.list(defaults)) {
            for (Path file : files.sorted().toList()) {
                Path target = home.conf().resolve(String.valueOf(file.getFileName()));
                if (Files.notExists(target)) {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** The control socket's protection: whoever can enter this folder can run commands. */
    static void makePrivate(Path folder) throws IOException {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        if (Files.notExists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
        }
        Files.setPosixFilePermissions(folder, ownerOnly);
    }
}
