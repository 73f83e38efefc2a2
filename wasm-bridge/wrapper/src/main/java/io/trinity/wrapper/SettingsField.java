package io.trinity.wrapper;

import io.trinity.api.manifest.Manifest.Setting;
import io.trinity.api.manifest.Manifest.SettingType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The manifest's {@code config}: settings, their types and defaults. */
final class SettingsField {
    private SettingsField() {}

    static Map<String, Setting> settings(JsonField config) {
        Map<String, Setting> settings = new TreeMap<>();
        JsonField o = config.object();
        for (String key : o.names(64)) {
            if (!JsonField.KEY.matcher(key).matches()) {
                throw o.wrong(
                        "keys that match "
                                + JsonField.KEY
                                + ", not '"
                                + JsonField.excerpt(key)
                                + "'");
            }
            settings.put(key, setting(o.required(key)));
        }
        return settings;
    }

    private static Setting setting(JsonField field) {
        JsonField o = field.object();
        JsonField t = o.required("type");
        SettingType type =
                switch (t.text(16)) {
                    case "string" -> SettingType.STRING;
                    case "number" -> SettingType.NUMBER;
                    case "integer" -> SettingType.INTEGER;
                    case "boolean" -> SettingType.BOOLEAN;
                    default ->
                            throw t.wrong(
                                    t.oneOf(
                                            SettingType.values(),
                                            v -> v.name().toLowerCase(Locale.ROOT)));
                };
        Setting setting =
                new Setting(
                        type,
                        o.optional("default").map(d -> value(type, d)),
                        o.optional("description").map(d -> d.text(200)).orElse(""),
                        o.optional("secret").map(JsonField::bool).orElse(false));
        o.warnOfUnknown();
        return setting;
    }

    private static String value(SettingType type, JsonField field) {
        return switch (type) {
            case STRING -> field.text(4096);
            case BOOLEAN -> Boolean.toString(field.bool());
            case INTEGER -> number(field, true);
            case NUMBER -> number(field, false);
        };
    }

    private static String number(JsonField field, boolean whole) {
        Object v = field.value();
        Optional<BigDecimal> number =
                v instanceof BigDecimal d
                        ? Optional.of(d)
                        : v instanceof BigInteger i
                                ? Optional.of(new BigDecimal(i))
                                : v instanceof Number n
                                        ? Optional.of(BigDecimal.valueOf(n.longValue()))
                                        : Optional.empty();
        // A scale is bounded because 1e999999999 as plain text would fill the heap.
        if (number.isEmpty() || Math.abs((long) number.get().scale()) > 400) {
            throw field.wrong(whole ? "an integer" : "a number");
        }
        BigDecimal n = number.get();
        if (whole && n.stripTrailingZeros().scale() > 0) {
            throw field.wrong("an integer");
        }
        return whole ? n.toBigIntegerExact().toString() : n.toString();
    }
}
