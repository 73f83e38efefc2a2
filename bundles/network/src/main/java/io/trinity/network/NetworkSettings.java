package io.trinity.network;

import io.trinity.api.config.ConfigValues;

/** What is configured; see {@link NetworkDefinition} for each. Pure. */
record NetworkSettings(
        int maxResponseBytes,
        long maxCallBytes,
        int maxConnections,
        int maxTotalConnections,
        int idleMillis) {
    static final String PID = "io.trinity.network";

    static final NetworkSettings DEFAULT = new NetworkSettings(1 << 20, 16 << 20, 8, 64, 60_000);

    /**
     * @param last what stays in effect where a value is invalid
     */
    static NetworkSettings read(ConfigValues v, NetworkSettings last) {
        return new NetworkSettings(
                (int)
                        v.number(
                                "maxResponseBytes",
                                DEFAULT.maxResponseBytes,
                                last.maxResponseBytes,
                                1024,
                                16 << 20),
                v.number("maxCallBytes", DEFAULT.maxCallBytes, last.maxCallBytes, 1024, 1 << 30),
                (int)
                        v.number(
                                "maxConnections",
                                DEFAULT.maxConnections,
                                last.maxConnections,
                                1,
                                64),
                (int)
                        v.number(
                                "maxTotalConnections",
                                DEFAULT.maxTotalConnections,
                                last.maxTotalConnections,
                                1,
                                1024),
                (int) v.number("idleMillis", DEFAULT.idleMillis, last.idleMillis, 1000, 3_600_000));
    }
}
