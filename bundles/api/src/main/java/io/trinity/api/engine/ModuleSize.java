package io.trinity.api.engine;

/**
 * What a module takes of the host's heap beside the memories and tables of its guests, in bytes:
 * names, types, segments, and what of it each guest has. Known from its bytes, before it is parsed.
 *
 * @param kept for as long as it is loaded
 * @param ofGuest for each of its guests
 * @param parsed while it is parsed, {@code kept} included
 */
public record ModuleSize(long kept, long ofGuest, long parsed) {}
