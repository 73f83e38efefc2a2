package io.trinity.api.hook;

/**
 * Something that went wrong: {@code record incident} of the contract.
 *
 * @param code of {@link io.trinity.api.plugin.ErrorCode}
 * @param plugin whose fault it is; empty for none
 * @param stream where it happened; empty for none
 */
public record Incident(String code, String message, String plugin, String stream) {}
