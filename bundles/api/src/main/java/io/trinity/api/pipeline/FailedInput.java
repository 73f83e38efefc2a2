package io.trinity.api.pipeline;

import io.trinity.api.plugin.PluginSnapshot.Fault;
import java.time.Instant;

/**
 * An input that failed and is kept.
 *
 * @param id by which {@link Pipeline#retry} finds it, when several have one name
 * @param file its name in the inbox; empty where the file has gone
 * @param bytes its length
 * @param at when it failed
 * @param fault why
 */
public record FailedInput(String id, String file, long bytes, Instant at, Fault fault) {}
