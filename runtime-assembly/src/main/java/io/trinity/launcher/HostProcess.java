package io.trinity.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;

/**
 * Which process runs a home, so that no other one is ever taken for it: a number alone means
 * another process in another container, on another machine, or later. Kept in {@code data/host}.
 *
 * @param pid its number where it runs
 * @param start when it was started, as the system counts; empty where it does not say
 * @param space where its number means it: machine and pid namespace; empty where nobody says
 */
record HostProcess(long pid, String start, String space) {
    private static final String FILE = "host";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** In {@code /proc/PID/stat}, counted from the state on, which follows the name. */
    private static final int START_FIELD = 19;

    /** This process. */
    static HostProcess current() {
        long pid = ProcessHandle.current().pid();
        return new HostProcess(pid, start(pid), here());
    }

    /** Writes it where {@link #of} finds it. */
    void write(Path data) throws IOException {
        Properties fields = new Properties();
        fields.setProperty("pid", Long.toString(pid));
        fields.setProperty("start", start);
        fields.setProperty("space", space);
        StringWriter text = new StringWriter();
        fields.store(text, null);
        AtomicFile.write(data.resolve(FILE), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What was written last; empty where nothing was, or nothing that makes sense. */
    static Optional<HostProcess> of(Path data) throws IOException {
        try {
            Properties fields = new Properties();
            fields.load(
                    new StringReader(Files.readString(data.resolve(FILE), StandardCharsets.UTF_8)));
            return Optional.of(
                    new HostProcess(
                            Long.parseLong(fields.getProperty("pid", "")),
                            fields.getProperty("start", ""),
                            fields.getProperty("space", "")));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether its number means it here. */
    boolean isHere() {
        return space.equals(here());
    }

    /** The process, while it lives and its number means it here. */
    Optional<ProcessHandle> handle() {
        return isHere()
                ? ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(p -> start.equals(start(pid)))
                : Optional.empty();
    }

    /** Whether somebody has stopped it, as by SIGSTOP: then it does nothing, also not end. */
    boolean isSuspended() {
        try {
            String stat =
                    Files.readString(
                            Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    private static String here() {
        try {
            return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip()
                    + " "
                    + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String start(long pid) {
        try {
            // Not in time of day, which an operator may set back.
            String stat =
                    Files.readString(
                            Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields.length > START_FIELD ? fields[START_FIELD] : "";
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return ProcessHandle.of(pid)
                    .flatMap(p -> p.info().startInstant())
                    .map(Instant::getEpochSecond)
                    .map(String::valueOf)
                    .orElse("");
        }
    }
}
