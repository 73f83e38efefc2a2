package io.trinity.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CfgTextTest {
    @Test
    void everythingButTheKeyStaysAsItIs() {
        String text =
                """
                # limits
                cpuMillis: 50

                grants = network@aa,\\
                    file_read@bb
                ! the end
                config.grants=x
                """;
        CfgText parsed = CfgText.parse(text);
        assertEquals(text, parsed.toString());
        assertEquals(Optional.of("network@aa,file_read@bb"), parsed.get("grants"));
        assertEquals(
                """
                # limits
                cpuMillis: 50

                grants = metrics
                ! the end
                config.grants=x
                """,
                parsed.with("grants", "metrics").toString());
        assertEquals(
                """
                # limits
                cpuMillis: 50

                ! the end
                config.grants=x
                """,
                parsed.with("grants", "").toString());
        assertEquals("deny = a\n", CfgText.parse("").with("deny", "a").toString());
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "a", "b", "=", ":", " ", "\\", "\n", "#", "!", "\r\n", "\t", "1", "\\u12",
                        "é")
                .list()
                .ofMaxSize(40)
                .map(l -> String.join("", l));
    }

    /** Whatever the text: the changed key has the value, all others what they had before. */
    @Property
    void propertiesSeeTheChangeAndNothingElse(@ForAll("texts") String text) throws IOException {
        Properties before = new Properties();
        try {
            before.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            return;
        }
        // An entry without a key is nobody's.
        before.remove("");
        CfgText parsed = CfgText.parse(text);
        for (String key : before.stringPropertyNames()) {
            assertEquals(Optional.of(before.getProperty(key)), parsed.get(key));
        }
        for (String value : List.of("v1,v2", "a\\b", "")) {
            Properties after = new Properties();
            after.load(new StringReader(parsed.with("grants", value).toString()));
            after.remove("");
            Properties expected = new Properties();
            expected.putAll(before);
            if (value.isEmpty()) {
                expected.remove("grants");
            } else {
                expected.setProperty("grants", value);
            }
            assertEquals(expected, after);
        }
    }
}
