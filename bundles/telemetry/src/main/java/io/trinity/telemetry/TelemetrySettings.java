package io.trinity.telemetry;

import io.trinity.api.config.ConfigValues;

/** What is configured; see {@link TelemetryDefinition} for each. Pure. */
record TelemetrySettings(int intervalMillis, int maxSeries) {
    static final String PID = "io.trinity.telemetry";

    static final TelemetrySettings DEFAULT = new TelemetrySettings(10_000, 200);

    /**
     * @param last what stays in effect where a value is invalid
     */
    static TelemetrySettings read(ConfigValues v, TelemetrySettings last) {
        return new TelemetrySettings(
                (int)
                        v.number(
                                "intervalMillis",
                                DEFAULT.intervalMillis,
                                last.intervalMillis,
                                100,
                                3_600_000),
                (int) v.number("maxSeries", DEFAULT.maxSeries, last.maxSeries, 0, 10_000));
    }
}
