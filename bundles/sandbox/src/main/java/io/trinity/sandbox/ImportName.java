package io.trinity.sandbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The module name of an import of the contract: {@code trinity:plugin/log@0.1.0}, or the short form
 * of newer tools, {@code cm32p2|trinity:plugin/log@0.1}. Source: component-model, BuildTargets.md.
 *
 * @param face name of the interface
 * @param minor minor version asked for, of major version 0
 */
record ImportName(String face, int minor) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:trinity:plugin/([a-z][a-z0-9-]*)@0\\.([0-9]{1,4})\\.[0-9]{1,4}"
                            + "|cm32p2\\|trinity:plugin/([a-z][a-z0-9-]*)@0\\.([0-9]{1,4}))");

    static Optional<ImportName> parse(String module) {
        Matcher m = FORM.matcher(module);
        if (!m.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                m.group(1) != null
                        ? new ImportName(m.group(1), Integer.parseInt(m.group(2)))
                        : new ImportName(m.group(3), Integer.parseInt(m.group(4))));
    }
}
