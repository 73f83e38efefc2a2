package io.trinity.sandbox;

import io.trinity.api.contract.Contract;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The module name of an import of the contract: {@code trinity:plugin/log@0.1.0}, or the short form
 * of newer tools, {@code cm32p2|trinity:plugin/log@0.1}. Source: component-model, BuildTargets.md.
 *
 * @param interfaceName name of the interface
 * @param major major version asked for
 * @param minor minor version asked for; 0 where the short form leaves it out
 */
record ImportName(String interfaceName, int major, int minor) {
    private static final String FACE = "trinity:plugin/([a-z][a-z0-9-]*)@";
    private static final String NUMBER = "(0|[1-9][0-9]{0,3})";
    private static final Pattern LONG =
            Pattern.compile(FACE + NUMBER + "\\." + NUMBER + "\\." + NUMBER);
    private static final Pattern SHORT =
            Pattern.compile("cm32p2\\|" + FACE + NUMBER + "(?:\\." + NUMBER + ")?");

    static Optional<ImportName> parse(String module) {
        Matcher m = LONG.matcher(module);
        if (!m.matches()) {
            m = SHORT.matcher(module);
            if (!m.matches()) {
                return Optional.empty();
            }
        }
        String minor = m.group(3) == null ? "0" : m.group(3);
        return Optional.of(
                new ImportName(m.group(1), Integer.parseInt(m.group(2)), Integer.parseInt(minor)));
    }

    /** Whether this host serves that version: with major version 0 each minor is its own track. */
    boolean served() {
        return major == Contract.VERSION.getMajor() && minor == Contract.VERSION.getMinor();
    }
}
