package io.trinity.telemetry;

import io.trinity.api.plugin.ReservedNames;
import io.trinity.api.stream.Chunk.Attribute;
import io.trinity.api.text.Escaped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names and labels a plugin may use for its metrics. Pure. */
final class SeriesNames {
    /** Most labels of one series. */
    static final int MAX_LABELS = 8;

    /** Most UTF-8 bytes of a label's value. */
    static final int MAX_VALUE_BYTES = 128;

    /** The label that says whose series it is: the host's. */
    static final String OWNER = "plugin";

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    /** What exporters put behind the name of a counter. */
    private static final String TOTAL = "_total";

    /** Labels that exporters and scrapers set themselves. */
    private static final Set<String> EXPORTERS =
            Set.of("le", "quantile", "job", "instance", "exported_job", "exported_instance");

    private SeriesNames() {}

    /**
     * The series that a plugin means.
     *
     * @param labels in any order
     * @throws Unusable with what is wrong, in one sentence
     */
    static Series of(String name, List<Attribute> labels) throws Unusable {
        checkName("metric", name);
        checkBegin("metric", name);
        if (ReservedNames.isWithinReserved(name)) {
            throw new Unusable(
                    Reason.NAME,
                    "metric '"
                            + name
                            + "' begins like those of the host, whose names begin with "
                            + ReservedNames.words()
                            + "; give it another first part");
        }
        if (labels.size() > MAX_LABELS) {
            throw new Unusable(
                    Reason.LABELS,
                    "metric '%s' has %s labels, allowed are %s"
                            .formatted(name, labels.size(), MAX_LABELS));
        }
        List<Attribute> sorted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Attribute a : labels) {
            check(name, a);
            if (!seen.add(spelled(a.name()))) {
                throw new Unusable(
                        Reason.LABELS,
                        "metric '"
                                + name
                                + "' has label '"
                                + a.name()
                                + "' twice, where '.' and '-' are '_'");
            }
            sorted.add(a);
        }
        sorted.sort(Comparator.comparing(Attribute::name));
        return new Series(name, sorted);
    }

    private static void check(String metric, Attribute label) throws Unusable {
        checkName("label", label.name());
        checkBegin("label", label.name());
        if (EXPORTERS.contains(spelled(label.name()))) {
            throw new Unusable(
                    Reason.LABELS,
                    "metric '%s' has label '%s', which exporters set; give it another name"
                            .formatted(metric, label.name()));
        }
        if (label.name().equals(OWNER)) {
            throw new Unusable(
                    Reason.LABELS,
                    "metric '" + metric + "' has label 'plugin', which the host sets");
        }
        int bytes = label.value().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_VALUE_BYTES) {
            throw new Unusable(
                    Reason.LABELS,
                    "the value of label '%s' of metric '%s' has %s bytes, allowed are %s"
                            .formatted(label.name(), metric, bytes, MAX_VALUE_BYTES));
        }
        if (!label.value().codePoints().allMatch(Escaped::isPlain)) {
            throw new Unusable(
                    Reason.LABELS,
                    "the value of label '%s' of metric '%s' has characters that are not to be seen"
                            .formatted(label.name(), metric));
        }
    }

    private static void checkName(String what, String name) throws Unusable {
        if (!NAME.matcher(name).matches()) {
            // Not repeated: it may be of any length and hold anything.
            throw new Unusable(
                    Reason.NAME,
                    "the name of a " + what + " is not 1 to 64 bytes of a-z 0-9 - . _");
        }
    }

    /** What begins otherwise is the exporters' own, or none that they can write. */
    private static void checkBegin(String what, String name) throws Unusable {
        if (name.charAt(0) < 'a' || name.charAt(0) > 'z') {
            throw new Unusable(
                    Reason.NAME, "the name of a " + what + " does not begin with a letter a-z");
        }
    }

    /** As exporters that know no dots and hyphens write it. */
    static String spelled(String name) {
        return name.replace('.', '_').replace('-', '_');
    }

    /**
     * What exporters make of the series of one name and kind. Two of them that share a line's name
     * break a scrape, or mislead it.
     *
     * @param base name of the family
     * @param lines names of its lines, and the family's own
     */
    record Family(Accumulator.Kind kind, String base, List<String> lines) {
        static Family of(String name, Accumulator.Kind kind) {
            String base = spelled(name);
            return switch (kind) {
                case SET -> new Family(kind, base, List.of(base));
                case ADD -> {
                    String counted = base.endsWith(TOTAL) ? base.replaceAll(TOTAL + "$", "") : base;
                    yield new Family(kind, counted, List.of(counted, counted + TOTAL));
                }
                case OBSERVE ->
                        new Family(
                                kind,
                                base,
                                List.of(base, base + "_bucket", base + "_count", base + "_sum"));
            };
        }
    }

    /** Kinds of reasons for which a reading is dropped; a value of label {@code reason}. */
    enum Reason {
        /** The plugin has as many series as it may. */
        SERIES,
        /** A name that is malformed or the host's. */
        NAME,
        LABELS,
        VALUE,
        /** One name for two kinds of series, or one in exporters' spelling for two names. */
        KIND;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A reading that is dropped, and why. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unusable(Reason reason, String why) {
            super(why, null, false, false);
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }

        /** The sentence. */
        String why() {
            return String.valueOf(getMessage());
        }
    }
}
