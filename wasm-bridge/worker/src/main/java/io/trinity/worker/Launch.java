package io.trinity.worker;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a worker's JVM is started. A worker that runs is asked only as long as this stays the same.
 *
 * @param java the executable
 * @param heapMiB most heap, 16 or more
 * @param classpath jars or folders of classes; the path of one that is not in {@code folder} must
 *     be without a path separator
 * @param mainClass runs a {@link WorkerLoop}
 * @param folder where it runs and leaves the report of a crash; the host's own, of any name, also
 *     relative to the host's working directory
 * @param greeting what it must say of itself before it is asked anything: worker and host may have
 *     come from different versions of a jar that was replaced meanwhile
 */
public record Launch(
        Path java,
        int heapMiB,
        List<Path> classpath,
        String mainClass,
        Path folder,
        String greeting) {
    /**
     * All that a JVM may need of its host's environment: without a locale it cannot open a path
     * with letters beyond ASCII, and Windows starts no process without its root.
     */
    private static final Set<String> ENVIRONMENT =
            Set.of("LANG", "LC_ALL", "LC_CTYPE", "SystemRoot", "SYSTEMROOT");

    public Launch {
        classpath = List.copyOf(classpath);
    }

    /** The executable of the JVM that runs this. */
    public static Path ownJava() {
        String name = File.separatorChar == '\\' ? "java.exe" : "java";
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    List<String> command() {
        String paths = classpath.stream().map(this::named).collect(Collectors.joining(separator()));
        return List.of(
                java.toString(),
                "-Xmx" + heapMiB + "m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:+ExitOnOutOfMemoryError",
                // Standard output is the pipe; nothing else may write there.
                "-XX:+DisplayVMOutputToStderr",
                // Nothing is left behind in /tmp when it is killed, and nobody attaches to it.
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=worker-crash.log",
                "-cp",
                paths,
                mainClass);
    }

    /**
     * As seen from the folder, where the process runs: a path may hold what separates two of them.
     */
    private String named(Path entry) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = entry.toAbsolutePath().normalize();
        return to.startsWith(from) ? from.relativize(to).toString() : to.toString();
    }

    private static String separator() {
        return File.pathSeparator;
    }

    /** What of the host's environment is handed on. */
    static Map<String, String> environment(Map<String, String> own) {
        Map<String, String> kept = new TreeMap<>(own);
        kept.keySet().retainAll(ENVIRONMENT);
        return kept;
    }
}
