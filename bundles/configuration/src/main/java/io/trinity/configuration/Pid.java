package io.trinity.configuration;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which configuration a file is, by its name: {@code PID.cfg}, or {@code FACTORY-NAME.cfg} as
 * FileInstall has it, or {@code FACTORY~NAME.cfg} as the PID itself is written.
 *
 * @param pid of the singleton, or the factory's
 * @param name of the instance of a factory; empty for a singleton
 */
record Pid(String pid, Optional<String> name) {
    /** What a PID may be made of, and a filter of Config Admin may hold. */
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._~@$+-]+");

    /** The configuration of a file, or nothing where the file is none. */
    static Optional<Pid> of(String file) {
        int dot = file.lastIndexOf('.');
        boolean ours = file.endsWith(".cfg") || file.endsWith(".config");
        if (!ours || dot <= 0 || file.charAt(0) == '.') {
            return Optional.empty();
        }
        String stem = file.substring(0, dot);
        if (!NAME.matcher(stem).matches()) {
            return Optional.empty();
        }
        int at = stem.indexOf('~') >= 0 ? stem.indexOf('~') : stem.indexOf('-');
        if (at < 0) {
            return Optional.of(new Pid(stem, Optional.empty()));
        }
        if (at == 0 || at == stem.length() - 1) {
            return Optional.empty();
        }
        return Optional.of(new Pid(stem.substring(0, at), Optional.of(stem.substring(at + 1))));
    }

    /** As Config Admin has it. */
    @Override
    public String toString() {
        return name.map(n -> pid + "~" + n).orElse(pid);
    }
}
