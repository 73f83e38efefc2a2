package io.trinity.api.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AuditLineTest {
    @Test
    void plainWordsStandAsTheyAreAndWhoAskedComesLast() {
        assertEquals(
                "event=grant plugin=maps scope=127.0.0.1:9 by=host",
                AuditLine.of("grant")
                        .with("plugin", "maps")
                        .with("scope", "127.0.0.1:9")
                        .toString());
    }

    @Test
    void aValueCanForgeNeitherALineNorAKey() {
        assertEquals(
                "event=storage.put key=\"a by=user:root\\u{a}event=grant \\\"x\\\" \\\\ \\u{202e}\""
                        + " by=host",
                AuditLine.of("storage.put")
                        .with("key", "a by=user:root\nevent=grant \"x\" \\ \u202e")
                        .toString());
        assertEquals("event=x k=\"\" by=host", AuditLine.of("x").with("k", "").toString());
    }

    @Test
    void whoAskedIsEscapedToo() {
        Asker.run(
                "file:conf/a\nb.cfg",
                () ->
                        assertEquals(
                                "event=x by=\"file:conf/a\\u{a}b.cfg\"",
                                AuditLine.of("x").toString()));
        assertEquals("event=x by=host", AuditLine.of("x").toString());
    }

    @Property
    void everyLineIsOneBoundedLine(@ForAll String value) {
        String line = AuditLine.of("x").with("k", value).toString();
        assertTrue(line.length() <= 8 * AuditLine.MAX_VALUE, line);
        assertFalse(line.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028));
    }
}
