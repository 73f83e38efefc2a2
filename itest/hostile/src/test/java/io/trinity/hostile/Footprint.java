package io.trinity.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param heapBytes after a full collection
 * @param metaspaceBytes after it
 * @param threads Java threads by kind: their names without numbers
 * @param handles open files by kind: what they lead to, without numbers
 * @param kept instances of what there is one of for each plugin that ever was, if it is kept
 * @param children processes that it has started and that run
 */
record Footprint(
        long heapBytes,
        long metaspaceBytes,
        Map<String, Integer> threads,
        Map<String, Integer> handles,
        Map<String, Integer> kept,
        long children) {
    /** A plugin's bundle in the framework, its code, its place in the sandbox, and its guest. */
    private static final List<String> OF_A_PLUGIN =
            List.of(
                    "org.apache.felix.framework.BundleImpl",
                    "io.trinity.engine.run.LoadedCode",
                    "io.trinity.sandbox.GuardedGeneration",
                    "io.trinity.engine.run.RunningGuest");

    private static final Pattern USED =
            Pattern.compile("^ *(.*?) .*?used (\\d+)K", Pattern.MULTILINE);
    private static final Pattern THREAD = Pattern.compile("^\"(.*)\" #", Pattern.MULTILINE);

    static Footprint of(long pid, AttachedJvm jvm) throws IOException {
        // Twice: what the first one finds unreachable has cleaners and finalizers to run.
        jvm.ask("GC.run");
        jvm.ask("GC.run");
        long heap = 0;
        long metaspace = 0;
        Matcher used = USED.matcher(jvm.ask("GC.heap_info"));
        while (used.find()) {
            long bytes = Long.parseLong(used.group(2)) << 10;
            switch (used.group(1)) {
                case "Metaspace" -> metaspace = bytes;
                case "class" -> {} // within Metaspace
                default -> heap += bytes;
            }
        }
        long children = ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).count();
        return new Footprint(heap, metaspace, threads(jvm), handles(pid), kept(jvm), children);
    }

    /**
     * Without the JIT's, which come and go as it likes, those that serve this client, Logback's
     * pool, which has one more at each look at its configuration until it is full, and the JDK's
     * that wait for the end of processes, which are counted themselves.
     */
    private static Map<String, Integer> threads(AttachedJvm jvm) throws IOException {
        List<String> names = new ArrayList<>();
        Matcher thread = THREAD.matcher(jvm.ask("Thread.print"));
        while (thread.find()) {
            String name = thread.group(1);
            if (!name.matches(
                    ".*CompilerThread.*|trinity-control-.*|logback-.*|process reaper.*")) {
                names.add(name);
            }
        }
        return byKind(names);
    }

    private static Map<String, Integer> kept(AttachedJvm jvm) throws IOException {
        Map<String, Integer> instances = new TreeMap<>();
        for (String line : jvm.ask("GC.class_histogram").lines().toList()) {
            String[] fields = line.strip().split(" +");
            if (fields.length >= 4 && OF_A_PLUGIN.contains(fields[3])) {
                instances.put(fields[3], Integer.parseInt(fields[1]));
            }
        }
        return instances;
    }

    private static Map<String, Integer> handles(long pid) throws IOException {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path handle : open.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(handle).toString());
                } catch (NoSuchFileException closedMeanwhile) {
                    continue;
                }
            }
        }
        return byKind(targets);
    }

    private static Map<String, Integer> byKind(List<String> names) {
        Map<String, Integer> kinds = new TreeMap<>();
        names.forEach(n -> kinds.merge(n.replaceAll("\\d+", "#"), 1, Integer::sum));
        return kinds;
    }

    /** Kinds of which there are more than before, with both numbers; empty where there are none. */
    static List<String> more(Map<String, Integer> before, Map<String, Integer> now) {
        List<String> more = new ArrayList<>();
        now.forEach(
                (kind, count) -> {
                    int was = before.getOrDefault(kind, 0);
                    if (count > was) {
                        more.add(kind + ": " + was + " -> " + count);
                    }
                });
        return more;
    }
}
