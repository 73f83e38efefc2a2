package io.trinity.reload;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.PluginException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a file of the plugin folder was found to be, and why it is refused. On reload's one thread
 * and nowhere else.
 */
final class FoundFile {
    private final Path path;

    /** SHA-256 of the content; empty where it could not be read. */
    String digest = "";

    /** Of the content; empty where it brings no plugin. */
    Optional<Manifest> manifest = Optional.empty();

    /** Why this content does not serve; empty where it serves, was not tried, or is outranked. */
    Optional<PluginException> refusal = Optional.empty();

    /** The limits under which it was tried last. */
    Object triedUnder = "";

    /** How often it was tried anew because another plugin had gone, and until when not again. */
    int triedForRoom;

    long notForRoomUntilNanos;

    /** Another file of the same plugin goes before it. */
    Optional<PluginException> outranked = Optional.empty();

    /** Whether it is listed under its own name, and not under a plugin's. */
    boolean listed;

    FoundFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Its name within the folder. */
    String name() {
        return name(path);
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** Under what it is listed where it brings no plugin. */
    String key() {
        return PluginFile.key(path);
    }

    /** The plugin that its content brings, served or not. */
    Optional<String> plugin() {
        return manifest.map(Manifest::name);
    }

    boolean declares(String plugin) {
        return plugin().filter(plugin::equals).isPresent();
    }

    /** Why the file is not what serves. */
    Optional<PluginException> fault() {
        return refusal.isPresent() ? refusal : outranked;
    }
}
