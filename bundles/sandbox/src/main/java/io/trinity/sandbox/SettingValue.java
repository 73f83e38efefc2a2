package io.trinity.sandbox;

import io.trinity.api.manifest.Manifest.SettingType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Whether a configured text is a value of a setting's type. */
final class SettingValue {
    private SettingValue() {}

    static boolean fits(SettingType type, String text) {
        String t = text.trim();
        try {
            return switch (type) {
                case STRING -> true;
                case BOOLEAN -> t.equals("true") || t.equals("false");
                case INTEGER -> !new BigInteger(t).toString().isEmpty();
                case NUMBER -> new BigDecimal(t).scale() < 400;
            };
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
