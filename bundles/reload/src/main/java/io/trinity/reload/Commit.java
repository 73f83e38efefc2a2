package io.trinity.reload;

/**
 * The committed generation of one plugin: what is started after a restart.
 *
 * @param plugin its name
 * @param file the file's name within the plugin folder
 * @param generation from 1
 * @param digest SHA-256 of the file
 */
record Commit(String plugin, String file, long generation, String digest) {
    /** What is kept of a plugin that has gone: its last number, which is never used again. */
    static Commit end(String plugin, long lastGeneration) {
        return new Commit(plugin, "", lastGeneration, "");
    }

    boolean isEnd() {
        return digest.isEmpty();
    }
}
