package io.trinity.api.hook;

/**
 * A plugin does not want a pipeline to start.
 *
 * @param reason in the plugin's words, for people
 */
public record Veto(String plugin, String reason) {}
