package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessTest {
    @TempDir Path data;

    private final HostProcess here = HostProcess.current();

    @Test
    void whatWasWrittenDownIsTheProcessWhileItLives() throws IOException {
        here.write(data);
        HostProcess read = HostProcess.of(data).orElseThrow();
        assertEquals(here, read);
        assertEquals(Optional.of(ProcessHandle.current()), read.handle());
        assertFalse(read.isSuspended());
    }

    @Test
    void aNumberOfAnotherMachineOrOfAnEarlierProcessIsNoProcessHere() {
        HostProcess elsewhere = new HostProcess(here.pid(), here.start(), "another container");
        assertFalse(elsewhere.isHere());
        assertEquals(Optional.empty(), elsewhere.handle());
        HostProcess earlier = new HostProcess(here.pid(), "1", here.space());
        assertEquals(Optional.empty(), earlier.handle());
    }

    @Test
    void whatMakesNoSenseIsNobody() throws IOException {
        assertEquals(Optional.empty(), HostProcess.of(data));
        for (String text : new String[] {"", "pid=x\n", "pid=\\u00zz\n"}) {
            Files.writeString(data.resolve("host"), text);
            assertEquals(Optional.empty(), HostProcess.of(data), text);
        }
    }
}
