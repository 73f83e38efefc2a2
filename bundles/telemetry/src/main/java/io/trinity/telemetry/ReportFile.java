package io.trinity.telemetry;

import java.util.Locale;
import java.util.regex.Pattern;

/** Under which name a collector's report is written. Pure. */
final class ReportFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    private ReportFile() {}

    /** Whether a name may stand in a file's name. */
    static boolean isName(String collector) {
        return NAME.matcher(collector).matches();
    }

    /**
     * {@code NAME.prom} for the text formats of Prometheus and OpenMetrics, {@code .json} for JSON,
     * {@code .txt} for other text, {@code .bin} for everything else.
     */
    static String of(String collector, String contentType) {
        return collector + extension(contentType.toLowerCase(Locale.ROOT).replace(" ", ""));
    }

    private static String extension(String type) {
        String media = type.split(";", 2)[0];
        boolean prometheus = media.equals("text/plain") && type.contains(";version=0.0.4");
        if (prometheus || media.equals("application/openmetrics-text")) {
            return ".prom";
        }
        if (media.equals("application/json") || media.endsWith("+json")) {
            return ".json";
        }
        return media.startsWith("text/") ? ".txt" : ".bin";
    }
}
