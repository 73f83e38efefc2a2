package io.trinity.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which file is in effect for each PID, where several could be. Pure.
 *
 * @param files the file in effect by PID
 * @param problems one for each file that is not
 */
record Assignment(Map<Pid, ConfFile> files, List<Problem> problems) {
    /**
     * Decides. The one that is in effect stays so as long as it is there; else a {@code .cfg} file
     * comes before a {@code .config} file, and one with a hyphen before one with a tilde.
     *
     * @param holders names of the files that are in effect until now, by PID
     */
    static Assignment of(Collection<ConfFile> files, Map<Pid, String> holders) {
        Comparator<Pid> byText = Comparator.comparing(Pid::toString);
        Map<Pid, List<ConfFile>> all = new TreeMap<>(byText);
        for (ConfFile f : files) {
            Pid.of(f.name()).ifPresent(p -> all.computeIfAbsent(p, q -> new ArrayList<>()).add(f));
        }
        Map<Pid, ConfFile> chosen = new TreeMap<>(byText);
        List<Problem> problems = new ArrayList<>();
        all.forEach(
                (pid, candidates) -> {
                    candidates.sort(
                            Comparator.comparing((ConfFile f) -> !f.name().equals(holders.get(pid)))
                                    .thenComparing(f -> !f.name().endsWith(".cfg"))
                                    .thenComparing(ConfFile::name));
                    ConfFile first = candidates.get(0);
                    chosen.put(pid, first);
                    candidates.stream()
                            .skip(1)
                            .forEach(
                                    f ->
                                            problems.add(
                                                    new Problem(
                                                            f.name(),
                                                            0,
                                                            "",
                                                            ("it has no effect: %s is in effect for"
                                                                            + " %s; keep one of the"
                                                                            + " two")
                                                                    .formatted(
                                                                            first.name(), pid))));
                });
        return new Assignment(chosen, problems);
    }
}
