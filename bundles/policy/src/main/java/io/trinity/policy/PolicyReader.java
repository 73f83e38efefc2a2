package io.trinity.policy;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Limits;
import io.trinity.policy.EffectivePolicy.PluginPolicy;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From configurations as Config Admin stores them to the policy in effect. A value that is not
 * valid is told of and the last good one stays. Pure.
 */
public final class PolicyReader {
    static final String LIMITS_PID = "io.trinity.limits";
    static final String POLICY_PID = "io.trinity.policy";
    static final String PLUGIN_FACTORY_PID = "io.trinity.plugin";

    static final String SCOPE_PREFIX = "scope.";

    private static final String TOTAL_KEY = "totalMemoryBytes";
    private static final String AUTO = "auto";
    private static final long LEAST_TOTAL = 1L << 20;
    private static final long MOST_TOTAL = 1L << 40;

    private static final String SETTING_PREFIX = SettingReading.PREFIX;
    private static final String FILE_NAME = "felix.fileinstall.filename";
    private static final String NOTHING = "; nothing is granted by it";
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    private final EffectivePolicy last;
    private final Consumer<String> problems;
    private final DeclaredSettings declared;

    /**
     * @param last what is in effect now; stays so where a value does not hold
     * @param problems told of each that does not
     */
    public PolicyReader(EffectivePolicy last, Consumer<String> problems) {
        this(last, problems, new DeclaredSettings());
    }

    /**
     * @param problems told of each problem
     * @param declared what plugins declare as settings
     */
    PolicyReader(EffectivePolicy last, Consumer<String> problems, DeclaredSettings declared) {
        this.last = last;
        this.declared = declared;
        this.problems = problems;
    }

    /**
     * @param limits PID {@code io.trinity.limits}; empty if absent
     * @param policy PID {@code io.trinity.policy}; empty if absent
     * @param plugins factory PID {@code io.trinity.plugin}, by plugin name
     */
    public EffectivePolicy read(
            Map<String, Object> limits,
            Map<String, Object> policy,
            Map<String, Map<String, Object>> plugins) {
        Limits defaults =
                LimitKeys.read(
                        limits, Limits.DEFAULT, last.defaults(), told(file(LIMITS_PID, limits)));
        long total = totalMemory(limits, told(file(LIMITS_PID, limits)));
        warnOfUnknown(
                limits,
                k -> LimitKeys.isKey(k) || k.equals(TOTAL_KEY),
                told(file(LIMITS_PID, limits)));
        Consumer<String> tell = told(file(POLICY_PID, policy));
        boolean low = flag(policy, "grantLowRisk", last.grantLowRisk(), tell);
        boolean bind = flag(policy, "bindToDigest", last.bindToDigest(), tell);
        int dimension = dimension(policy, tell);
        warnOfUnknown(
                policy, List.of("grantLowRisk", "bindToDigest", "vectorDimension")::contains, tell);
        Map<String, PluginPolicy> each = new TreeMap<>();
        plugins.forEach((name, values) -> each.put(name, plugin(name, values, defaults, bind)));
        return new EffectivePolicy(defaults, low, bind, dimension, total, each);
    }

    private PluginPolicy plugin(
            String name, Map<String, Object> values, Limits defaults, boolean bindToDigest) {
        Consumer<String> tell = told(file(PLUGIN_FACTORY_PID + "~" + name, values));
        PluginPolicy before = last.plugins().get(name);
        Limits limits =
                LimitKeys.read(values, defaults, before == null ? defaults : before.limits(), tell);
        Set<Capability> grants = EnumSet.noneOf(Capability.class);
        Map<Capability, Set<String>> bound = new EnumMap<>(Capability.class);
        for (String grant : list(values.get("grants"))) {
            int at = grant.indexOf('@');
            String label = at < 0 ? grant : grant.substring(0, at);
            Optional<Capability> capability = Capability.byLabel(label);
            if (capability.isEmpty()) {
                tell.accept("grants names '" + label + "', which is no capability" + NOTHING);
            } else if (at < 0) {
                grants.add(capability.get());
                if (bindToDigest && capability.get().risk() != Capability.Risk.LOW) {
                    tell.accept(
                            "grants names %s without the SHA-256 of a file, and bindToDigest is true"
                                            .formatted(label)
                                    + NOTHING);
                }
            } else {
                String digest = grant.substring(at + 1).toLowerCase(Locale.ROOT);
                if (SHA_256.matcher(digest).matches()) {
                    bound.computeIfAbsent(capability.get(), c -> new HashSet<>()).add(digest);
                } else {
                    tell.accept("grants names '" + grant + "', which ends in no SHA-256" + NOTHING);
                }
            }
        }
        Set<Capability> denials = EnumSet.noneOf(Capability.class);
        for (String label : list(values.get("deny"))) {
            Capability.byLabel(label)
                    .ifPresentOrElse(
                            denials::add,
                            () ->
                                    tell.accept(
                                            "deny names '%s', which is no capability"
                                                    .formatted(label)));
        }
        Map<Capability, List<String>> scopes = new EnumMap<>(Capability.class);
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(SCOPE_PREFIX)) {
                        scope(key, list(value), before, scopes, tell);
                    }
                });
        SettingReading settings = settings(name, values, before);
        settings.problems().forEach((key, text) -> tell.accept(SETTING_PREFIX + key + ": " + text));
        warnOfUnknown(
                values,
                k ->
                        LimitKeys.isKey(k)
                                || k.startsWith(SETTING_PREFIX)
                                || k.startsWith(SCOPE_PREFIX)
                                || k.equals("grants")
                                || k.equals("deny")
                                || k.equals("plugin"),
                tell);
        return new PluginPolicy(limits, grants, bound, denials, scopes, settings);
    }

    /** The file that they stand in; the one that they would where that is not known. */
    private static String file(String pid, Map<String, Object> values) {
        Object file = values.get(FILE_NAME);
        return file == null ? Places.of(pid) : Places.ofFile(file.toString());
    }

    private SettingReading settings(
            String plugin, Map<String, Object> values, @Nullable PluginPolicy before) {
        Map<String, String> configured = new TreeMap<>();
        values.forEach(
                (key, value) -> {
                    if (key.startsWith(SETTING_PREFIX)) {
                        boolean several = value instanceof Collection || value instanceof Object[];
                        configured.put(
                                key.substring(SETTING_PREFIX.length()),
                                several ? String.join(",", list(value)) : value.toString());
                    }
                });
        return SettingReading.of(
                plugin,
                configured,
                declared.of(plugin),
                before == null ? Map.of() : before.settings().values());
    }

    /** An invalid scope must not widen a grant: the last good one stays, or nothing is in it. */
    private static void scope(
            String key,
            List<String> items,
            @Nullable PluginPolicy before,
            Map<Capability, List<String>> scopes,
            Consumer<String> tell) {
        Optional<Capability> capability = Capability.byLabel(key.substring(SCOPE_PREFIX.length()));
        if (capability.isEmpty()) {
            tell.accept(key + " names no capability; it has no effect");
            return;
        }
        Optional<String> problem = Scopes.problem(capability.get(), items);
        if (problem.isEmpty()) {
            if (!items.isEmpty()) {
                scopes.put(capability.get(), items);
            }
            return;
        }
        List<String> last =
                before == null
                        ? Scopes.NOTHING
                        : before.scopes().getOrDefault(capability.get(), Scopes.NOTHING);
        scopes.put(capability.get(), last);
        tell.accept("%s: %s; %s stays in effect".formatted(key, problem.get(), last));
    }

    private static List<String> list(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        Collection<?> items =
                value instanceof Collection<?> c
                        ? c
                        : value instanceof Object[] a
                                ? Arrays.asList(a)
                                : Arrays.asList(value.toString().split(","));
        return items.stream().map(i -> i.toString().trim()).filter(s -> !s.isEmpty()).toList();
    }

    private static boolean flag(
            Map<String, Object> values, String key, boolean lastGood, Consumer<String> tell) {
        Object raw = values.get(key);
        String text = raw == null ? "true" : raw.toString().trim();
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        tell.accept(key + "=" + raw + " is not true or false; " + lastGood + " stays in effect");
        return lastGood;
    }

    private int dimension(Map<String, Object> values, Consumer<String> tell) {
        Object raw = values.get("vectorDimension");
        if (raw == null) {
            return EffectivePolicy.DEFAULT.vectorDimension();
        }
        try {
            long n = ConfigValues.wholeNumber(raw);
            if (n >= 1 && n <= 1_000_000) {
                return (int) n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        tell.accept(
                "vectorDimension=%s is not a whole number from 1 to 1000000; %s stays in effect"
                        .formatted(raw, last.vectorDimension()));
        return last.vectorDimension();
    }

    private long totalMemory(Map<String, Object> values, Consumer<String> tell) {
        Object raw = values.get(TOTAL_KEY);
        String text = raw == null ? AUTO : raw.toString().trim();
        if (text.equals(AUTO)) {
            return EffectivePolicy.DEFAULT.totalMemoryBytes();
        }
        try {
            long n = ConfigValues.wholeNumber(text);
            if (n >= LEAST_TOTAL && n <= MOST_TOTAL) {
                return n;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        tell.accept(
                "%s=%s is neither %s nor a whole number from %s to %s; %s stays in effect"
                        .formatted(
                                TOTAL_KEY,
                                raw,
                                AUTO,
                                LEAST_TOTAL,
                                MOST_TOTAL,
                                last.totalMemoryBytes()));
        return last.totalMemoryBytes();
    }

    private static void warnOfUnknown(
            Map<String, Object> values,
            java.util.function.Predicate<String> known,
            Consumer<String> tell) {
        for (String key : values.keySet()) {
            boolean foreign = key.startsWith("service.") || key.startsWith("felix.");
            if (!foreign && !known.test(key)) {
                tell.accept(key + " is no known key; it has no effect");
            }
        }
    }

    private Consumer<String> told(String file) {
        return problem -> problems.accept(file + ": " + problem);
    }
}
