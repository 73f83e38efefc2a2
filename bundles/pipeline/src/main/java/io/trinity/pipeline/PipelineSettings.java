package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.stream.Chunk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What is configured for one pipeline.
 *
 * @param inbox below the home
 * @param outbox below the home
 * @param stages names in the order in which chunks pass them; empty for all that are installed, by
 *     name
 * @param handlers modality handlers that are asked, in that order; empty for all
 * @param onMissing for stages that do not serve
 * @param chunkBytes size of the pieces that files are cut into
 * @param pollMillis how often the inbox is looked at
 * @param stillMillis how long a file must have been left alone
 * @param queueChunks most chunks that wait between reader and stages
 * @param windowMillis span of event time of a window
 * @param weights of modalities in the fusion; 1 where it is not named
 * @param step how much one chunk may become
 * @param files what becomes of files
 */
record PipelineSettings(
        String name,
        boolean enabled,
        String inbox,
        String outbox,
        List<String> stages,
        List<String> handlers,
        FailurePolicy onFailure,
        MissingSettings onMissing,
        int chunkBytes,
        int pollMillis,
        int stillMillis,
        int queueChunks,
        FusionMode fusion,
        int windowMillis,
        Map<String, Double> weights,
        StepSettings step,
        FileSettings files) {
    static final String PID = "io.trinity.pipeline";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final String MAIN = "main";
    private static final String WEIGHT = "weights.";

    PipelineSettings {
        stages = List.copyOf(stages);
        handlers = List.copyOf(handlers);
        weights = Map.copyOf(weights);
    }

    static PipelineSettings defaults(String name) {
        boolean main = name.equals(MAIN);
        return new PipelineSettings(
                name,
                true,
                main ? "inbox" : "inbox-" + name,
                main ? "outbox" : "outbox-" + name,
                List.of(),
                List.of(),
                FailurePolicy.FAIL,
                MissingSettings.DEFAULT,
                8192,
                200,
                800,
                64,
                FusionMode.AUTO,
                1000,
                Map.of(),
                StepSettings.DEFAULTS,
                FileSettings.DEFAULTS);
    }

    /**
     * The name of the pipeline that a configuration is for: its property {@code pipeline}, else
     * what follows {@code ~} in its PID, else what follows the first hyphen in the name of its
     * file.
     */
    static Optional<String> name(Map<String, ?> values) {
        Object named = values.get("pipeline");
        if (named == null) {
            String pid = String.valueOf(values.get("service.pid"));
            int tilde = pid.indexOf('~');
            String file = String.valueOf(values.get("felix.fileinstall.filename"));
            int prefix = file.lastIndexOf(PID + "-");
            int dot = file.lastIndexOf('.');
            if (tilde >= 0) {
                named = pid.substring(tilde + 1);
            } else if (prefix >= 0 && dot > prefix + PID.length()) {
                named = file.substring(prefix + PID.length() + 1, dot);
            }
        }
        return Optional.ofNullable(named)
                .map(n -> n.toString().trim())
                .filter(n -> NAME.matcher(n).matches());
    }

    /**
     * Reads a configuration.
     *
     * @param last what stays in effect where a value is invalid
     */
    static PipelineSettings read(
            Map<String, ?> values, PipelineSettings last, Consumer<String> problems) {
        PipelineSettings d = defaults(last.name);
        ConfigValues v = new ConfigValues(PID + "-" + last.name, values, problems);
        String policy = v.word("onFailure", "fail", last.onFailure.label(), FailurePolicy.labels());
        String fusion = v.word("fusion", "auto", last.fusion.label(), FusionMode.labels());
        return new PipelineSettings(
                last.name,
                v.flag("enabled", true, last.enabled),
                folder(values, "inbox", d.inbox, last, problems),
                folder(values, "outbox", d.outbox, last, problems),
                v.names("stages", List.of()),
                v.names("handlers", List.of()),
                FailurePolicy.valueOf(policy.toUpperCase(Locale.ROOT)),
                MissingSettings.read(v, last.onMissing),
                (int) v.number("chunkBytes", 8192, last.chunkBytes, 1, Chunk.MAX_PAYLOAD_BYTES),
                (int) v.number("pollMillis", 200, last.pollMillis, 10, 60_000),
                (int) v.number("stillMillis", 800, last.stillMillis, 0, 600_000),
                (int) v.number("queueChunks", 64, last.queueChunks, 1, 4096),
                FusionMode.valueOf(fusion.toUpperCase(Locale.ROOT)),
                (int) v.number("windowMillis", 1000, last.windowMillis, 1, 86_400_000),
                weights(values, last, problems),
                StepSettings.read(v, last.step),
                FileSettings.read(values, v, last.files));
    }

    /** A folder below the home, and none of the host's own. */
    private static String folder(
            Map<String, ?> values,
            String key,
            String absent,
            PipelineSettings last,
            Consumer<String> problems) {
        Object raw = values.get(key);
        if (raw == null || raw.toString().isBlank()) {
            return absent;
        }
        String text = raw.toString().trim();
        Optional<String> own = ownFolder(text);
        if (own.isPresent()) {
            return own.get();
        }
        String before = key.equals("inbox") ? last.inbox : last.outbox;
        problems.accept(
                "%s: %s=%s is not a folder of its own below the home; %s stays in effect"
                        .formatted(Places.of(PID + "~" + last.name), key, text, before));
        return before;
    }

    /** Normalized; nothing where it is none. */
    private static Optional<String> ownFolder(String text) {
        try {
            Path path = Path.of(text).normalize();
            String first = path.getNameCount() == 0 ? "" : path.getName(0).toString();
            boolean hosts =
                    List.of("data", "conf", "plugins", "log", "metrics", "", "..").contains(first);
            return path.isAbsolute() || hosts ? Optional.empty() : Optional.of(path.toString());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /**
     * Why a pipeline cannot begin with a configuration: it would take from, or put into, a folder
     * that nobody named.
     */
    static Optional<String> refusal(String name, Map<String, ?> values) {
        for (String key : List.of("inbox", "outbox")) {
            Object raw = values.get(key);
            if (raw != null
                    && !raw.toString().isBlank()
                    && ownFolder(raw.toString().trim()).isEmpty()) {
                return Optional.of(
                        "%s: %s=%s is not a folder of its own below the home; name one, such as %s=%s-%s"
                                .formatted(Places.of(PID + "~" + name), key, raw, key, key, name));
            }
        }
        return Optional.empty();
    }

    private static Map<String, Double> weights(
            Map<String, ?> values, PipelineSettings last, Consumer<String> problems) {
        Map<String, Double> weights = new TreeMap<>();
        values.forEach(
                (key, raw) -> {
                    if (key.startsWith(WEIGHT)) {
                        String modality = key.substring(WEIGHT.length());
                        try {
                            String text = raw.toString().trim();
                            double w =
                                    text.matches("[0-9.]+([eE]-?[0-9]+)?")
                                            ? Double.parseDouble(text)
                                            : -1;
                            if (w >= 0 && w <= 1000) {
                                weights.put(modality, w);
                                return;
                            }
                        } catch (NumberFormatException e) {
                            // told below
                        }
                        double before = last.weights.getOrDefault(modality, 1.0);
                        weights.put(modality, before);
                        problems.accept(
                                "%s: %s=%s is not a number from 0 to 1000; %s stays in effect"
                                        .formatted(
                                                Places.of(PID + "~" + last.name),
                                                key,
                                                raw,
                                                before));
                    }
                });
        return weights;
    }
}
