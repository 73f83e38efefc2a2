package io.trinity.api.stream;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.stream.Chunk.Attribute;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAttributesTest {
    private static Chunk chunk(Attribute... attributes) {
        return new Chunk(new byte[0], "", "text", "s", List.of(attributes), 0, 0, false);
    }

    private static void refused(Chunk made, Chunk... given) {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> HostAttributes.requireNoneMade(List.of(made), List.of(given)));
        assertTrue(
                String.valueOf(e.getMessage()).contains("a name with a dot, which is the host's"),
                e.getMessage());
    }

    @Test
    void anAttributeOfTheHostsIsPassedOnAsItCameOrLeftOutAndNeverMade() {
        Attribute host = new Attribute("trinity.source", "a");
        Attribute own = new Attribute("words", "3");
        HostAttributes.requireNoneMade(
                List.of(chunk(host, own), chunk(own), chunk()), List.of(chunk(), chunk(host)));
        refused(chunk(host));
        refused(chunk(host), chunk(own));
        refused(chunk(new Attribute("trinity.source", "b")), chunk(host));
        refused(chunk(own, new Attribute(".", "")), chunk(host));
    }
}
