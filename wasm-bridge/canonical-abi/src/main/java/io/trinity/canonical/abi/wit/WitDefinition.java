package io.trinity.canonical.abi.wit;

/**
 * A name for a type: defined by {@code type}, {@code record}, {@code variant} or {@code enum}, or
 * brought in by {@code use}.
 *
 * @param name as it is known here, after {@code as}
 * @param docs the {@code ///} lines where it is defined, joined by line feeds; empty if there are
 *     none
 */
public record WitDefinition(String name, String docs, WitType type) {}
