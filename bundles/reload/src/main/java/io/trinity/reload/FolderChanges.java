package io.trinity.reload;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has changed in the plugin folder and come to rest since: fed with one look after another. A
 * removal has to rest as a change has: what is moved, or removed and put back, is one change. What
 * the folder says is compared with what was dealt with, never with the last look, so that nothing
 * is missed. Pure.
 *
 * <p>A folder that cannot be listed, or that is empty and another one than before, is held to be
 * one that is not mounted: then nothing is gone.
 */
final class FolderChanges {
    /** What a file looks like that is not there. */
    private static final String GONE = "";

    /**
     * What is to be done.
     *
     * @param changed files to be read
     * @param gone files that are no longer there
     * @param nextNanos when to look again at the latest, from now; {@link Long#MAX_VALUE} where
     *     nothing waits
     */
    record Due(List<Path> changed, List<Path> gone, long nextNanos) {}

    /** What each file looked like when it was last dealt with. */
    private final Map<Path, String> dealt = new HashMap<>();

    private final Map<Path, Debounce> settling = new TreeMap<>();
    private final Set<Path> told = new HashSet<>();
    private Optional<String> identity = Optional.empty();
    private Optional<String> held = Optional.empty();

    /**
     * Takes in a look.
     *
     * @param now what an entry looks like that lies elsewhere; empty where it is gone
     * @param expected whether there were plugins that an empty folder has lost
     */
    Due feed(
            FolderLook look,
            java.util.function.Function<Path, Optional<String>> now,
            boolean expected,
            long debounceNanos,
            long nowNanos) {
        held = hold(look, expected);
        if (held.isEmpty()) {
            identity = Optional.of(look.identity());
        }
        Map<Path, String> there = new TreeMap<>(look.files());
        Set<Path> known = new TreeSet<>(dealt.keySet());
        known.addAll(told);
        known.addAll(settling.keySet());
        known.addAll(there.keySet());
        List<Path> changed = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        long next = Long.MAX_VALUE;
        for (Path file : known) {
            String print = there.containsKey(file) ? there.get(file) : now.apply(file).orElse(GONE);
            if (print.equals(GONE) && held.isPresent()) {
                settling.remove(file);
                continue;
            }
            boolean toldOf = told.contains(file);
            if (print.equals(dealt.getOrDefault(file, GONE)) && !toldOf) {
                settling.remove(file);
                continue;
            }
            long wait =
                    settling.computeIfAbsent(file, f -> new Debounce())
                            .remaining(print, nowNanos, debounceNanos);
            if (wait > 0) {
                next = Math.min(next, wait);
            } else if (print.equals(GONE)) {
                gone.add(file);
            } else {
                changed.add(file);
            }
        }
        return new Due(changed, gone, next);
    }

    private Optional<String> hold(FolderLook look, boolean expected) {
        if (look.trouble().isPresent()) {
            return look.trouble();
        }
        boolean another = identity.filter(look.identity()::equals).isEmpty();
        return expected && look.files().isEmpty() && another
                ? Optional.of(
                        identity.isEmpty()
                                ? "is empty"
                                : "is empty, and is not the folder that it was")
                : Optional.empty();
    }

    /** Why nothing counts as gone at present; empty while the folder is what it should be. */
    Optional<String> held() {
        return held;
    }

    /** A file is dealt with as it looked then; what it looks like otherwise is a change. */
    void dealtWith(Path file, Optional<String> print) {
        settling.remove(file);
        told.remove(file);
        if (print.isPresent()) {
            dealt.put(file, print.get());
        } else {
            dealt.remove(file);
        }
    }

    /** Somebody says that a file has changed: it is read once it rests, be it as it was. */
    void told(Path file) {
        told.add(file);
    }

    /** Whether a file was not there at the last look, and is not dealt with. */
    boolean isAway(Path file) {
        Debounce s = settling.get(file);
        return s != null && s.isLast(GONE);
    }

    /** Whether a file has changed and not come to rest since. */
    boolean isSettling(Path file) {
        return settling.containsKey(file);
    }

    /** Whether any file that is there has not come to rest. */
    boolean isAnyArriving() {
        return settling.values().stream().anyMatch(s -> !s.isLast(GONE));
    }

    /** Whether nothing waits to come to rest. */
    boolean isSettled() {
        return settling.isEmpty() && told.isEmpty();
    }
}
