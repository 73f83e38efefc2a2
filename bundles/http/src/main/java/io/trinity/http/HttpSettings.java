package io.trinity.http;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What {@code io.trinity.http} says.
 *
 * @param host to listen at
 * @param port to listen at; 0 for none
 */
record HttpSettings(String host, int port) {
    static final String PID = "io.trinity.http";
    static final String LOOPBACK = "127.0.0.1";
    static final HttpSettings OFF = new HttpSettings(LOOPBACK, 0);

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,253}");

    /**
     * Reads it.
     *
     * @param last in effect so far: stays where a value is not valid
     * @param problems told of each value that is not valid
     */
    static HttpSettings read(
            Map<String, Object> configuration, HttpSettings last, Consumer<String> problems) {
        ConfigValues values = new ConfigValues(PID, configuration, problems);
        int port = (int) values.number("port", 0, last.port(), 0, 65_535);
        Object raw = configuration.get("host");
        String host = raw == null ? LOOPBACK : raw.toString().trim();
        if (!HOST.matcher(host).matches()) {
            problems.accept(
                    "%s: host is neither an address nor a name; %s stays in effect"
                            .formatted(Places.of(PID), last.host()));
            host = last.host();
        }
        return new HttpSettings(host, port);
    }

    boolean isOn() {
        return port > 0;
    }
}
