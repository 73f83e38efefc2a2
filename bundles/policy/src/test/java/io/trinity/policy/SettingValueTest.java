package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.manifest.Manifest.SettingType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingValueTest {
    @ParameterizedTest(name = "''{0}'': integer {1}, number {2}, boolean {3}")
    @CsvSource({
        "0,         yes, yes, no",
        "-12,       yes, yes, no",
        "' 7 ',     yes, yes, no",
        "1.50,      no,  yes, no",
        "-0.5e-3,   no,  yes, no",
        "1e999,     no,  yes, no",
        "1e1000,    no,  no,  no",
        "1.,        no,  no,  no",
        ".5,        no,  no,  no",
        "+5,        no,  no,  no",
        "007,       no,  no,  no",
        "0x10,      no,  no,  no",
        "٣,         no,  no,  no",
        "NaN,       no,  no,  no",
        "'1,2',     no,  no,  no",
        "'',        no,  no,  no",
        "true,      no,  no,  yes",
        "false,     no,  no,  yes",
        "TRUE,      no,  no,  no",
        "10000000000000000000000000000000000000000,  no, no, no"
    })
    void numbersAreThoseThatJsonWrites(String text, String integer, String number, String bool) {
        assertEquals(integer, said(SettingType.INTEGER, text));
        assertEquals(number, said(SettingType.NUMBER, text));
        assertEquals(bool, said(SettingType.BOOLEAN, text));
        assertEquals("yes", said(SettingType.STRING, text));
    }

    private static String said(SettingType type, String text) {
        return SettingValue.fits(type, text) ? "yes" : "no";
    }
}
