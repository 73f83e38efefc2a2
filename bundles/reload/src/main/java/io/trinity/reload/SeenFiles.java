package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each file of the plugin folder was found to be, and why it was refused. On reload's one
 * thread and nowhere else.
 */
final class SeenFiles {
    /** What configuration or another plugin can take away. */
    private static final Set<ErrorCode> CURABLE =
            EnumSet.of(
                    ErrorCode.FILE_TOO_LARGE,
                    ErrorCode.NAME_TAKEN,
                    ErrorCode.CAPABILITY_DENIED,
                    ErrorCode.LIMIT_PLUGINS,
                    ErrorCode.LIMIT_MEMORY,
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
    private static final Set<ErrorCode> CURED_BY_OTHERS =
            EnumSet.of(
                    ErrorCode.DEPENDENCY_MISSING,
                    ErrorCode.DEPENDENCY_CONFLICT,
                    ErrorCode.DEPENDENCY_CYCLE,
                    ErrorCode.RELOAD_REFUSED);

    /** The plugin's name, or the file's key after an early refusal. */
    private final Map<Path, String> names = new HashMap<>();

    /** Of each file that is not served. */
    private final Map<Path, PluginException> refused = new HashMap<>();

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The plugin that a file was found to bring; nothing for one that was never looked at. */
    Optional<String> find(Path file) {
        return Optional.ofNullable(names.get(file));
    }

    /** The plugin that a file brings, or under which its refusal is kept. */
    String plugin(Path file) {
        return names.getOrDefault(file, PluginFile.key(file));
    }

    void brings(Path file, String plugin) {
        names.put(file, plugin);
    }

    void refused(Path file, PluginException cause) {
        refused.put(file, cause);
    }

    /** It is served, or left alone. */
    void notRefused(Path file) {
        refused.remove(file);
    }

    /** It is gone; gives what it brought. */
    Optional<String> forget(Path file) {
        refused.remove(file);
        return Optional.ofNullable(names.remove(file));
    }

    /** Why a file was refused; nothing where its plugin serves. */
    Optional<PluginException> refusal(Path file) {
        return Optional.ofNullable(refused.get(file));
    }

    /** Files that were refused for a reason that configuration or other plugins can take away. */
    List<Path> refusedForNow() {
        return refusedFor(CURABLE);
    }

    /** Files that were refused for what another plugin is or is not. */
    List<Path> refusedForOthers() {
        return refusedFor(CURED_BY_OTHERS);
    }

    private List<Path> refusedFor(Set<ErrorCode> codes) {
        return refused.entrySet().stream()
                .filter(e -> codes.contains(e.getValue().code()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * The file of a plugin, or of that name.
     *
     * @throws PluginException NOT_FOUND
     */
    Path fileOf(String name, Path folder) {
        for (Map.Entry<Path, String> e : names.entrySet()) {
            if (e.getValue().equals(name) || PluginFile.key(e.getKey()).equals(name)) {
                return e.getKey();
            }
        }
        // Only a plain name: nothing outside the folder is ever loaded.
        boolean plain = name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}");
        for (String ending : List.of("", ".wasm")) {
            Path file = plain ? folder.resolve(name + ending) : folder;
            if (plain && FolderLook.isPluginName(name + ending) && PluginFile.exists(file)) {
                return file;
            }
        }
        throw PluginException.of(
                ErrorCode.NOT_FOUND,
                PluginRef.named(PluginFile.printable(name)),
                "no such plugin, and no such file in " + folder,
                "plugin:list shows those that there are");
    }

    /**
     * Refuses a plugin that another file brings already.
     *
     * @throws PluginException NAME_TAKEN
     */
    void refuseTakenName(Path file, Manifest manifest) {
        for (Map.Entry<Path, String> other : names.entrySet()) {
            if (other.getValue().equals(manifest.name()) && !other.getKey().equals(file)) {
                throw PluginException.of(
                        ErrorCode.NAME_TAKEN,
                        manifest.ref(),
                        "'%s' brings a plugin of this name, and so does '%s'"
                                .formatted(PluginFile.key(other.getKey()), PluginFile.key(file)),
                        "remove one of the two files, or change the name in one manifest");
            }
        }
    }
}
