package io.trinity.api.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class PluginRefTest {
    @Test
    void aNameThatIsAFilesDoesNotPassForMoreThanAName() {
        assertEquals(
                "plugin 'a\\u{27} plugin \\u{27}b' 1.0.0",
                new PluginRef("a' plugin 'b", new Version(1, 0, 0)).toString());
        assertEquals("resize-2.wasm", PluginRef.field("resize-2.wasm"));
        assertEquals("'a state=error'", PluginRef.field("a state=error"));
        assertEquals("'a\\u{27}b'", PluginRef.field("a'b"));
    }

    @Test
    void aRefusalIsQuotedAndNamesThePluginAlsoWithoutWords() {
        PluginRef liar = PluginRef.named("liar");
        assertEquals(
                "plugin 'liar': it refused: \"plugin 'b': \\\"x\\\"\"",
                PluginException.refused(liar, "it refused", "plugin 'b': \"x\"").getMessage());
        assertEquals(
                "plugin 'liar': it refused and gave no reason",
                PluginException.refused(liar, "it refused", " ").getMessage());
    }
}
