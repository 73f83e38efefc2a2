package io.trinity.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.config.Configurations.Change;
import io.trinity.api.config.Configurations.Refused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedFileTest {
    private static String change(String name, String before, Change... changes) throws Refused {
        return new String(
                ChangedFile.of(
                        name, before.getBytes(StandardCharsets.UTF_8), now -> List.of(changes)),
                StandardCharsets.UTF_8);
    }

    @Test
    void aCfgFileKeepsItsOtherLinesAndRefusesWhatACommaWouldSplit() throws Refused {
        assertEquals(
                "# ü\nscope.file_read = /srv/łąka,maps\n",
                change(
                        "a.cfg",
                        "# ü\ndeny = x\n",
                        new Change("deny", List.of()),
                        new Change("scope.file_read", List.of("/srv/łąka", "maps"))));
        Refused refused =
                assertThrows(
                        Refused.class,
                        () -> change("a.cfg", "", new Change("s", List.of("/maps,old"))));
        assertTrue(refused.remedy().contains(".config"));
        assertThrows(
                Refused.class, () -> change("a.cfg", "", new Change("s", List.of("a\ngrants=b"))));
        assertThrows(Refused.class, () -> change("a.cfg", "what", new Change("s", List.of("a"))));
    }

    @Test
    void aConfigFileKeepsItsOtherLinesAndSaysAnyItem() throws Refused {
        assertEquals(
                "# why\ncpuMillis=I\"777\"\ns=[\"/maps,old\",\"a \\\"b\\\" c\\=\\\\d\"]\nx=\"1\"\n",
                change(
                        "a.config",
                        "# why\ncpuMillis=I\"777\"\ns=[ \\\n  \"a\", \\\n  ]\nx=\"1\"\n",
                        new Change("s", List.of("/maps,old", "a \"b\" c=\\d"))));
        List<String> seen = new ArrayList<>();
        ChangedFile.of(
                "a.config",
                "s=[\"/maps,old\",\"b\"]\nt=\"c,d\"\n".getBytes(StandardCharsets.UTF_8),
                now -> {
                    seen.addAll(now.apply("s"));
                    seen.addAll(now.apply("t"));
                    return List.of();
                });
        assertEquals(List.of("/maps,old", "b", "c", "d"), seen);
    }

    @Test
    void aFileThatCannotBeReadIsNotChanged() {
        byte[] latin = "a = \u00e4\n".getBytes(StandardCharsets.ISO_8859_1);
        for (String name : List.of("a.cfg", "a.config")) {
            Refused refused =
                    assertThrows(
                            Refused.class,
                            () ->
                                    ChangedFile.of(
                                            name,
                                            latin,
                                            now -> List.of(new Change("s", List.of("b")))));
            assertTrue(refused.getMessage().contains("nothing was changed"), refused.getMessage());
        }
        // Whoever reads it stops at the first key.
        Refused refused =
                assertThrows(
                        Refused.class,
                        () -> change("a.config", "s=Q\"1\"\n", new Change("t", List.of("b"))));
        assertTrue(refused.getMessage().contains("cannot be changed"), refused.getMessage());
    }

    @Test
    void aFileIsReplacedWithItsModeAndALinkIsRefused(@TempDir Path conf) throws Exception {
        Path file = Files.writeString(conf.resolve("a.cfg"), "a = 1\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r----x"));
        FileReplacement.write(file, new byte[] {'b'});
        assertArrayEquals(new byte[] {'b'}, FileReplacement.read(file));
        assertEquals(
                "rw-r----x", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var left = Files.list(conf)) {
            assertEquals(List.of(file), left.toList());
        }
        Path link = Files.createSymbolicLink(conf.resolve("b.cfg"), file);
        assertThrows(Refused.class, () -> FileReplacement.read(link));
        Refused refused =
                assertThrows(Refused.class, () -> FileReplacement.write(link, new byte[0]));
        assertEquals(
                "conf/b.cfg is a link, and what it leads to is not ours", refused.getMessage());
    }
}
