package io.trinity.api.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlacesTest {
    @AfterEach
    void asBefore() {
        Places.tell(Places::usual);
    }

    @Test
    void untilSomebodyKnowsBetterItIsTheFileThatIsNamedAfterTheConfiguration() {
        assertEquals("conf/io.trinity.limits.cfg", Places.of("io.trinity.limits"));
        assertEquals("conf/io.trinity.plugin-a-b.cfg", Places.ofPlugin("a-b"));
    }

    @Test
    void whoKnowsIsAsked() {
        Places.tell(pid -> "etc/" + pid);
        assertEquals("etc/io.trinity.plugin~a", Places.ofPlugin("a"));
    }

    @Test
    void aFileIsNamedWithItsFolder() {
        assertEquals("conf/x.cfg", Places.ofFile("file:/home/conf/x.cfg"));
        assertEquals("etc/x.cfg", Places.ofFile("file:/opt/karaf/etc/x.cfg"));
        assertEquals("x.cfg", Places.ofFile("x.cfg"));
    }
}
