package io.trinity.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CfgTextTest {
    private static CfgText parse(String text) {
        try {
            return CfgText.parse("a.cfg", FileText.decode(text.getBytes(StandardCharsets.UTF_8)));
        } catch (FileText.NotUtf8 e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> values(String text) {
        CfgText cfg = parse(text);
        assertEquals(0, cfg.errors().size(), () -> cfg.errors().toString());
        Map<String, String> values = new TreeMap<>();
        cfg.values().forEach((k, v) -> values.put(k, v.text()));
        return values;
    }

    private static String error(String text) {
        CfgText cfg = parse(text);
        assertEquals(1, cfg.errors().size(), () -> cfg.errors().toString());
        return cfg.errors().get(0).toString();
    }

    @Test
    void aValueIsWhatStandsThere() {
        assertEquals(
                Map.of(
                        "config.a", "^\\d+\\.\\d+$",
                        "config.b", "pa${ss}word",
                        "config.c", "C:\\temp\\",
                        "config.d", "\"Größe\" # кв",
                        "config.e", "a=b:c",
                        "config.f", "",
                        "config.g", "x"),
                values(
                        "config.a = ^\\d+\\.\\d+$\n  config.b=pa${ss}word \t\r\n"
                                + "config.c: C:\\temp\\\n# no = value\n! nor this\n\n"
                                + "config.d = \"Größe\" # кв\nconfig.e = a=b:c\nconfig.f =\r"
                                + "config.g=x"));
    }

    @Test
    void aByteOrderMarkBelongsToNoKeyAndStays() {
        CfgText cfg = parse("\ufefffuel = 1\r\n");
        assertEquals("1", cfg.values().get("fuel").text());
        assertArrayEquals(
                "\ufefffuel = 2\r\ndeny = network\r\n".getBytes(StandardCharsets.UTF_8),
                cfg.with("fuel", "2").with("deny", "network").bytes());
    }

    @Test
    void aLineThatIsNoSettingIsToldByItsNumber() {
        assertEquals(
                "conf/a.cfg:2: it is no comment and has no '='; write key=value",
                error("fuel = 1\nfuel 100\n"));
        assertTrue(error("\n\nmy key = 1").startsWith("conf/a.cfg:3: 'my key' before '=' is no"));
        assertTrue(error("= 1").startsWith("conf/a.cfg:1: '' before"));
        assertTrue(error("a\0b = 1").contains("control character"));
    }

    @Test
    void aValueThatGoesOnInTheNextLineIsRefused() {
        assertTrue(error("grants = network,\\\n  file_read").contains("go on over lines"));
        assertTrue(error("grants = network,\\\nfile_read").contains("go on over lines"));
        assertTrue(error("config.a = x\\\n   b = c").contains("go on over lines"));
        assertEquals(Map.of("a", "x\\", "b", "c"), values("a = x\\\nb = c\n"));
    }

    @Test
    void ofAKeyThatIsThereTwiceTheLastHoldsAndBothLinesAreTold() {
        CfgText cfg = parse("fuel = 1\n#\nfuel = 2\n");
        assertEquals(Map.of("fuel", new CfgText.Value("2", 3)), cfg.values());
        assertEquals(
                "conf/a.cfg:3: fuel: line 1 sets it too; line 3 holds",
                cfg.hints().get(0).toString());
        assertEquals("#\n", cfg.with("fuel", "").toString());
    }

    @Test
    void ofTwoKeysThatDifferInCapitalsNoneHoldsBecauseNobodyKnowsWhichIsMeant() {
        assertEquals(
                "conf/a.cfg:2: Deny: it is 'deny' but for capitals, and a configuration keeps only"
                        + " one of the two; remove one",
                error("deny = network\nDeny = x\n"));
    }

    @Test
    void whatIsNotUtf8IsToldByItsLine() {
        FileText.NotUtf8 latin =
                assertThrows(
                        FileText.NotUtf8.class,
                        () ->
                                FileText.decode(
                                        "a = 1\nb = Größe\n"
                                                .getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(2, latin.line);
        assertEquals("byte 0xf6 is not UTF-8; save it as UTF-8", latin.getMessage());
        FileText.NotUtf8 wide =
                assertThrows(
                        FileText.NotUtf8.class,
                        () -> FileText.decode(new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0}));
        assertTrue(wide.getMessage().contains("UTF-16"));
    }

    @Test
    void aChangeKeepsEveryOtherLine() {
        String text = "# why\n\nfuel:7\n   deny = a,  b\nscope.x = y";
        assertEquals(
                "# why\n\nfuel:7\ndeny = network\nscope.x = y\ngrants = vsa_ops\n",
                parse(text).with("deny", "network").with("grants", "vsa_ops").toString());
        assertEquals("# why\n\nfuel:7\nscope.x = y", parse(text).with("deny", "").toString());
        assertThrows(IllegalArgumentException.class, () -> parse(text).with("a", "b\nc = d"));
        assertThrows(IllegalArgumentException.class, () -> parse(text).with("a=b", "c"));
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll @StringLength(max = 40) @CharRange(from = ' ', to = '\u2fff') String value) {
        String v = value.strip();
        CfgText cfg = parse("a = 1\n");
        try {
            cfg = cfg.with("b", v);
        } catch (IllegalArgumentException e) {
            return;
        }
        assertEquals(v.isEmpty() ? null : v, values(cfg.toString()).get("b"));
    }
}
