package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** {@code ./tri} on a terminal. */
class FrontDoorTest {
    private static final String PROMPT = "trinity>";
    private static final String CTRL_C = "\003";
    private static final String CTRL_D = "\004";
    private static final String CTRL_P = "\020";
    private static final String CTRL_Z = "\032";

    @Test
    void aPromptTakesCommandsAndCtrlCStopsThemAndCtrlDTheHost() throws Exception {
        Host host = Host.fresh();
        try (Pty pty = Pty.open(host, "rows 60 columns 150").shows(PROMPT)) {
            pty.type("help\r").shows("trinity:version").shows(PROMPT);
            String help = pty.sinceTyped();
            assertTrue(help.indexOf("plugin:list ") < help.indexOf("felix:"), help);
            theTabKeyCompletes(pty);
            itWritesNoCommandThatAStrangerNamedAFileBy(host, pty);
            mistakesAreToldInPlainWords(pty);
            ctrlCEndsTheLineOrTheCommandAndNotTheShell(pty);
            pty.type(CTRL_Z).type("echo still-here\r").shows("\nstill-here");
            pty.type(CTRL_D);
            assertEquals(0, pty.end());
        }
        assertEquals(3, host.tri("status", "--home", host.home().toString()).code());
    }

    private static void theTabKeyCompletes(Pty pty) throws Exception {
        pty.type("plugin:li\t").shows("plugin:list");
        pty.type("\r").shows("no plugins").shows(PROMPT);
    }

    private static void itWritesNoCommandThatAStrangerNamedAFileBy(Host host, Pty pty)
            throws Exception {
        host.put("plugins/zz;trinity:version.wasm", "no module");
        Await.until("it is refused", () -> host.exec("plugin:list").contains("zz;"));
        pty.type("plugin:info zz\t\r").shows("there is no plugin 'zz'").shows(PROMPT);
        assertFalse(pty.sinceTyped().contains("info zz;"), pty::sinceTyped);
        Files.delete(host.path("plugins/zz;trinity:version.wasm"));
    }

    private static void mistakesAreToldInPlainWords(Pty pty) throws Exception {
        pty.type("plugin:lost\r").shows("no such command: plugin:lost").shows(PROMPT);
        pty.type("plugin:info nobody\r").shows("NOT_FOUND: there is no plugin").shows(PROMPT);
        pty.type("agent:ask nobody 2+3*4\r").shows("put it into quotes").shows(PROMPT);
        pty.type("list\r").shows("plugin:list, pipeline:list").shows(PROMPT);
        pty.type("load nobody\r").shows("NOT_FOUND: plugin 'nobody'").shows(PROMPT);
        pty.type("system:exit 0\r").shows("no such command: system:exit").shows(PROMPT);
        assertFalse(pty.sinceTyped().contains("Exception"), pty::sinceTyped);
    }

    private static void ctrlCEndsTheLineOrTheCommandAndNotTheShell(Pty pty) throws Exception {
        pty.type("echo 'not finished\r").shows("quote");
        pty.type(CTRL_C).shows(PROMPT);
        pty.type("plugin:top -n 1000 -d 1\r").shows("MEMORY");
        pty.type(CTRL_C).shows(PROMPT);
        assertFalse(pty.sinceTyped().contains("Exception"), pty::sinceTyped);
    }

    @Test
    void linesAreKeptInTheHomeAndATerminalMayBeNarrowOrWithoutASize() throws Exception {
        Host host = Host.fresh();
        try (Pty pty = Pty.open(host, "rows 0 columns 0").shows(PROMPT)) {
            pty.type("echo kept-for-later\r").shows("\nkept-for-later");
            // Folded as for 80 columns, behind a mark.
            pty.type("plugin:info " + "x".repeat(60) + "\r").shows("    | ").shows(PROMPT);
            pty.type("trinity:shutdown\r");
            assertEquals(0, pty.end());
        }
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(host.path("data/history"))));
        try (Pty pty = Pty.open(host, "rows 24 columns 60").shows(PROMPT)) {
            pty.type("plugin:top\r").shows("CALLS");
            assertTrue(pty.sinceTyped().lines().anyMatch(l -> l.endsWith("…")), pty::sinceTyped);
            pty.type(CTRL_P + CTRL_P + CTRL_P + CTRL_P).shows("echo kept-for-later");
            pty.type("\r").shows("\nkept-for-later").shows(PROMPT);
            pty.type("exit\r");
            assertEquals(0, pty.end());
        }
    }
}
