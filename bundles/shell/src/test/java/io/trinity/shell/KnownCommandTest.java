package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.junit.jupiter.api.Test;

class KnownCommandTest {
    /** A command as Gogo has them. */
    public static final class Gogos {
        @Descriptor("list all bundles")
        public void lb(
                CommandSession session,
                @Parameter(
                                names = {"-l", "--location"},
                                presentValue = "true",
                                absentValue = "false")
                        boolean location,
                @Descriptor("pattern") String pattern) {}

        @Descriptor("a word of Java")
        public void _new(String type) {}

        public void silent() {}
    }

    @Test
    void aForeignCommandIsToldByItsParameters() {
        KnownCommand lb = KnownCommand.of("felix", "lb", new Gogos(), false);
        assertEquals("list all bundles", lb.description());
        assertEquals("felix:lb [-l|--location] [pattern]", lb.usage());
        assertFalse(lb.isForPeople());
    }

    @Test
    void wordsOfJavaAreFoundBehindTheirUnderscore() {
        assertEquals(
                "a word of Java", KnownCommand.of("gogo", "new", new Gogos(), false).description());
    }

    @Test
    void nothingIsSaidOfWhatSaysNothing() {
        assertEquals("", KnownCommand.of("x", "silent", new Gogos(), false).description());
        assertEquals("x:silent", KnownCommand.named("x:silent").name());
        assertEquals("", KnownCommand.named("alone").scope());
    }
}
