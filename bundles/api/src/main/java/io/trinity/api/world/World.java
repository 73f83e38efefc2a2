package io.trinity.api.world;

/**
 * A world of WIT whose exports a plugin has, as its callers see it. Each method takes {@link
 * io.trinity.api.plugin.CallOptions} first, then the function's parameters, and returns an {@link
 * io.trinity.api.plugin.Answer} where the function's result is a {@code result<_, string>}.
 *
 * <p>Had of {@link Exports#as}. Methods throw {@link io.trinity.api.plugin.PluginException} when
 * the plugin is not active or paused, has no such export, traps, breaks the contract or hits a
 * limit. Thread-safe; runs on the caller's thread.
 */
public interface World {}
