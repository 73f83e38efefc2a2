package io.trinity.policy;

import io.trinity.api.manifest.Manifest.SettingType;
import java.util.regex.Pattern;

/** Whether a configured text is a value of a setting's type, numbers as JSON writes them. */
final class SettingValue {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,39})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,39})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?");

    private SettingValue() {}

    static boolean fits(SettingType type, String text) {
        String t = text.trim();
        return switch (type) {
            case STRING -> true;
            case BOOLEAN -> t.equals("true") || t.equals("false");
            case INTEGER -> INTEGER.matcher(t).matches();
            case NUMBER -> NUMBER.matcher(t).matches();
        };
    }
}
