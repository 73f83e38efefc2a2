package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a home's folders and gives it the default configuration files that it lacks. */
final class HomeFolders {
    private HomeFolders() {}

    /**
     * Makes what is missing; never changes a file that is there. Default files that cannot be put
     * into {@code conf/} (it is read-only, the disk is full) are told of in one line: they hold
     * from where they are.
     *
     * @param defaults folder of default configuration files
     */
    static void prepare(Home home, Path defaults, PrintStream problems) throws IOException {
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
        List<Path> lacking = lacking(home, defaults);
        try {
            for (Path file : lacking) {
                Files.copy(file, home.conf().resolve(String.valueOf(file.getFileName())));
            }
        } catch (IOException e) {
            problems.println(
                    "conf/ cannot be written (%s): the distribution's %s hold"
                            .formatted(
                                    reason(e),
                                    lacking(home, defaults).stream()
                                            .map(f -> String.valueOf(f.getFileName()))
                                            .collect(Collectors.joining(", "))));
        }
    }

    /** Default configuration files of which the home has none by that name. */
    static List<Path> lacking(Home home, Path defaults) throws IOException {
        try (Stream<Path> files = Files.list(defaults)) {
            return files.filter(f -> !isThere(home.conf().resolve(String.valueOf(f.getFileName()))))
                    .sorted()
                    .toList();
        }
    }

    /** A link that leads nowhere is there. */
    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException f && f.getReason() != null
                ? f.getReason()
                : e.toString();
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
