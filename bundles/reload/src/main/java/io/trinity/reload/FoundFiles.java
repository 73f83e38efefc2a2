package io.trinity.reload;

import io.trinity.api.plugin.ErrorCode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The files of the plugin folder that were looked into. On reload's one thread. */
final class FoundFiles {
    /** What configuration, room or another plugin can take away. */
    static final Set<ErrorCode> CURABLE =
            EnumSet.of(
                    ErrorCode.FILE_TOO_LARGE,
                    ErrorCode.CAPABILITY_DENIED,
                    ErrorCode.LIMIT_PLUGINS,
                    ErrorCode.LIMIT_MEMORY,
                    ErrorCode.LIMIT_TOTAL_MEMORY,
                    ErrorCode.LIMIT_CPU,
                    ErrorCode.LIMIT_TIME,
                    ErrorCode.LIMIT_FUEL,
                    ErrorCode.LIMIT_STACK,
                    ErrorCode.LIMIT_HOOKS,
                    ErrorCode.LIMIT_DEPENDENCIES,
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED,
                    ErrorCode.LIMIT_MODULE,
                    ErrorCode.COMPILER_FAILED,
                    ErrorCode.STORE_FAILED);

    /** What another plugin's coming, going or other version can cure. */
    static final Set<ErrorCode> CURED_BY_OTHERS =
            EnumSet.of(
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED);

    /** What another plugin's going can cure. */
    static final Set<ErrorCode> CURED_BY_ANOTHERS_END =
            EnumSet.of(
                    ErrorCode.LIMIT_PLUGINS,
                    ErrorCode.LIMIT_TOTAL_MEMORY,
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED);

    /** What the place of another that was only being loaded can cure. */
    static final Set<ErrorCode> CURED_BY_ANOTHERS_PLACE =
            EnumSet.of(ErrorCode.LIMIT_PLUGINS, ErrorCode.LIMIT_TOTAL_MEMORY);

    /** What is found out by running it, and only other limits of the plugin can cure. */
    static final Set<ErrorCode> CURED_BY_LIMITS =
            EnumSet.of(
                    ErrorCode.LIMIT_MEMORY,
                    ErrorCode.LIMIT_CPU,
                    ErrorCode.LIMIT_TIME,
                    ErrorCode.LIMIT_FUEL,
                    ErrorCode.LIMIT_STACK);

    /** What is found out by compiling it, and only the engine's configuration can cure. */
    static final Set<ErrorCode> CURED_BY_ENGINE =
            EnumSet.of(ErrorCode.LIMIT_MODULE, ErrorCode.COMPILER_FAILED);

    /** What the coming of a bundle that brings a type, or brings it anew, can cure. */
    static final Set<ErrorCode> CURED_BY_TYPES =
            EnumSet.of(
                    ErrorCode.TYPE_UNKNOWN, ErrorCode.EXPORT_MISSING, ErrorCode.EXPORT_SIGNATURE);

    /** What passes with time alone. */
    static final Set<ErrorCode> CURED_BY_ROOM = EnumSet.of(ErrorCode.STORE_FAILED);

    private final Map<Path, FoundFile> files = new TreeMap<>();
    private final Predicate<Path> away;
    private final Predicate<Path> settling;
    private final OffPlugins off;

    /**
     * @param away whether a file was not there when the folder was looked at last
     * @param settling whether it has changed and not come to rest since
     */
    FoundFiles(Predicate<Path> away, Predicate<Path> settling, OffPlugins off) {
        this.away = away;
        this.settling = settling;
        this.off = off;
    }

    Collection<FoundFile> all() {
        return List.copyOf(files.values());
    }

    Optional<FoundFile> find(Path path) {
        return Optional.ofNullable(files.get(path));
    }

    FoundFile known(Path path) {
        return files.computeIfAbsent(path, FoundFile::new);
    }

    void forget(Path path) {
        files.remove(path);
    }

    /** The files whose content brings a plugin. */
    List<FoundFile> bringing(String plugin) {
        return files.values().stream().filter(f -> f.declares(plugin)).toList();
    }

    /** Those of them that may serve: they are there, and are not off by their own name. */
    List<FoundFile> candidates(String plugin) {
        return bringing(plugin).stream().filter(this::counts).toList();
    }

    boolean counts(FoundFile f) {
        return !isAway(f) && !off.contains(f.key());
    }

    /** Whether it was not there when the folder was looked at last. */
    boolean isAway(FoundFile f) {
        return away.test(f.path());
    }

    /** Whether it has changed, and is looked into again when it rests. */
    boolean isSettling(FoundFile f) {
        return settling.test(f.path());
    }

    /** The file of a name in the folder. */
    Optional<FoundFile> named(String name) {
        return files.values().stream()
                .filter(f -> f.name().equals(name) || f.key().equals(name))
                .findFirst();
    }

    /** Those that were refused for one of these reasons. */
    List<FoundFile> refusedFor(Set<ErrorCode> codes) {
        return files.values().stream()
                .filter(f -> f.refusal.filter(r -> codes.contains(r.code())).isPresent())
                .toList();
    }
}
