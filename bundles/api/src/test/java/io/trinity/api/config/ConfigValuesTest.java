package io.trinity.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigValuesTest {
    private final List<String> problems = new ArrayList<>();

    private long number(Object value) {
        return new ConfigValues("io.trinity.a", Map.of("n", value), problems::add)
                .number("n", 1, 7, 0, 1000);
    }

    @Test
    void aNumberIsTakenAsTextAndTyped() {
        assertEquals(230, number(" 230 "));
        assertEquals(230, number(230L));
        assertEquals(List.of(), problems);
    }

    @Test
    void aListWhereANumberBelongsIsToldAsItStandsThere() {
        assertEquals(7, number(new String[] {"100", "200"}));
        assertTrue(problems.get(0).contains(": n=100,200 is not"), problems::toString);
    }

    /** The operator sees other digits than the machine reads: full width, Arabic-Indic. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uff12\uff13\uff10",
                "\u0662\u0663\u0660",
                "1e2",
                "0x10",
                "5s",
                "1001",
                "99999999999999999999",
                ""
            })
    void whatIsNoNumberInPlainDigitsIsToldAndTheLastGoodOneStays(String text) {
        assertEquals(7, number(text));
        assertEquals(
                List.of(
                        "conf/io.trinity.a.cfg: n="
                                + text
                                + " is not a whole number from 0 to 1000; 7 stays in effect"),
                problems);
    }
}
