package io.trinity.canonical.abi.wit;

import java.util.List;
import java.util.Optional;

/**
 * A function of an interface, or one that a world exports.
 *
 * @param owner the interface or world that it is written in
 * @param name without the {@code %} of an escaped name
 * @param docs the {@code ///} lines before it, joined by line feeds; empty if there are none
 * @param parameters in order, with distinct names
 * @param result empty where the function returns nothing
 */
public record WitFunction(
        String owner,
        String name,
        String docs,
        List<Parameter> parameters,
        Optional<WitType> result) {

    /** A parameter and its type. */
    public record Parameter(String name, WitType type) {}

    public WitFunction {
        parameters = List.copyOf(parameters);
    }

    /** {@code owner.name}, as messages name it. */
    public String qualifiedName() {
        return owner + "." + name;
    }
}
