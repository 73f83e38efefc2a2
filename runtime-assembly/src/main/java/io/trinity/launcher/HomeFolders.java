package io.trinity.launcher;

import io.trinity.api.home.DurableFile;
import io.trinity.api.home.Home;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a home's folders and gives it the default configuration files that it lacks. */
final class HomeFolders {
    private static final String CFG = ".cfg";

    /** In {@code data/}: names of default files that the home once had, one a line. */
    private static final String GIVEN = "conf.given";

    /** Of {@code ./tri}, which sets the mask by it. */
    private static final String MASK = "TRINITY_UMASK";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");

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
            make(folder);
        }
        for (Path folder : List.of(home.inbox(), home.outbox())) {
            // A link to a disk that is not there yet is the pipeline's to tell of and to wait for.
            if (!Files.isSymbolicLink(folder)) {
                make(folder);
            }
        }
        makePrivate(home.data());
        List<Path> lacking = lacking(home, defaults);
        try {
            note(home, defaults);
            for (Path file : lacking) {
                Files.copy(file, home.conf().resolve(String.valueOf(file.getFileName())));
            }
            note(home, defaults);
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

    /**
     * Default configuration files that a home has not: no file of that name, no other that
     * configures the same, and none that was put there once and has been removed since. Logback's
     * comes again: without it there would be no log.
     */
    static List<Path> lacking(Home home, Path defaults) throws IOException {
        Set<String> given = given(home);
        try (Stream<Path> files = Files.list(defaults)) {
            return files.filter(
                            f -> {
                                String name = String.valueOf(f.getFileName());
                                return !given.contains(name)
                                        && otherNames(name)
                                                .noneMatch(n -> isThere(home.conf().resolve(n)));
                            })
                    .sorted()
                    .toList();
        }
    }

    /** The names under which a file would be in effect in place of that one, itself included. */
    private static Stream<String> otherNames(String file) {
        if (!file.endsWith(CFG)) {
            return Stream.of(file);
        }
        String stem = file.substring(0, file.length() - CFG.length());
        return Stream.of(stem, stem.replaceFirst("-", "~"))
                .flatMap(s -> Stream.of(s + CFG, s + ".config"));
    }

    private static Set<String> given(Home home) throws IOException {
        try {
            return Set.copyOf(Files.readAllLines(home.data().resolve(GIVEN)));
        } catch (NoSuchFileException e) {
            return Set.of();
        }
    }

    /** Notes those that lie there: a home of before there were notes has been given them. */
    private static void note(Home home, Path defaults) throws IOException {
        Set<String> given = new TreeSet<>(given(home));
        try (Stream<Path> files = Files.list(defaults)) {
            boolean isNew =
                    files.map(f -> String.valueOf(f.getFileName()))
                            .filter(n -> n.endsWith(CFG))
                            .filter(
                                    n ->
                                            otherNames(n)
                                                    .anyMatch(o -> isThere(home.conf().resolve(o))))
                            .map(given::add)
                            .reduce(false, Boolean::logicalOr);
            if (isNew) {
                DurableFile.write(
                        home.data().resolve(GIVEN),
                        (String.join("\n", given) + "\n").getBytes(StandardCharsets.UTF_8));
            }
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

    /** Its owner's only, unless the operator has said by a mask with whom a home is shared. */
    private static void make(Path folder) throws IOException {
        if (System.getenv(MASK) == null) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** The control socket's protection: whoever can enter this folder can run commands. */
    static void makePrivate(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
    }
}
