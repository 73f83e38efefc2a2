package io.trinity.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFolderTest {
    @TempDir Path root;
    private Path conf;
    private ConfigurationFolder folder;

    @BeforeEach
    void make() throws IOException {
        conf = Files.createDirectory(root.resolve("conf"));
        folder = new ConfigurationFolder(List.of(conf));
    }

    private List<String> names() {
        return folder.files().stream().map(ConfFile::name).toList();
    }

    private Optional<Map<String, Object>> values(String name) {
        return folder.files().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void aFileIsReadWhenItHasBeenStillForOneLook() throws IOException {
        Files.writeString(conf.resolve("a.cfg"), "x = 1");
        assertFalse(folder.look(true));
        Files.writeString(conf.resolve("a.cfg"), "x = 12");
        assertFalse(folder.look(true));
        assertTrue(folder.look(true));
        assertEquals(Optional.of(Map.of("x", "12")), values("a.cfg"));
        assertFalse(folder.look(true));
    }

    @Test
    void foldersDotFilesAndWhatEditorsLeaveAreNoConfiguration() throws IOException {
        Files.createDirectory(conf.resolve("b.cfg"));
        for (String name : List.of(".a.cfg", "a.cfg~", "a.cfg.swp", "#a.cfg#", "4913", "x.txt")) {
            Files.writeString(conf.resolve(name), "x = 1");
        }
        folder.look(false);
        assertEquals(List.of(), names());
        assertEquals(
                List.of("conf/b.cfg: it is no file; it has no effect"),
                folder.odd().stream().map(Problem::toString).toList());
    }

    @Test
    void aFolderThatIsGoneTakesNothingBackAndAFileIsGoneAfterTwoLooks() throws IOException {
        Path a = Files.writeString(conf.resolve("a.cfg"), "x = 1");
        folder.look(false);
        Path aside = Files.move(conf, root.resolve("aside"));
        assertFalse(folder.look(true));
        assertFalse(folder.look(true));
        assertEquals(List.of("a.cfg"), names());
        Files.move(aside, conf);
        Files.delete(a);
        assertFalse(folder.look(true));
        assertTrue(folder.look(true));
        assertEquals(List.of(), names());
    }

    @Test
    void aLinkIsFollowedAndOneThatLeadsNowhereTakesNothingBack() throws IOException {
        Path one = Files.writeString(root.resolve("one"), "x = 1");
        Path two = Files.writeString(root.resolve("two"), "x = 2");
        Path link = Files.createSymbolicLink(conf.resolve("a.cfg"), one);
        folder.look(false);
        Files.delete(link);
        Files.createSymbolicLink(link, root.resolve("nowhere"));
        folder.look(true);
        folder.look(true);
        assertEquals(Optional.of(Map.of("x", "1")), values("a.cfg"));
        Files.delete(link);
        Files.createSymbolicLink(link, two);
        folder.look(true);
        folder.look(true);
        assertEquals(Optional.of(Map.of("x", "2")), values("a.cfg"));
    }

    @Test
    void aFileThatCannotBeReadHasNoValuesAndSaysWhy() throws IOException {
        Files.write(conf.resolve("a.cfg"), new byte[] {'x', '=', (byte) 0xe4});
        Files.writeString(conf.resolve("b.config"), "x=Q\"1\"");
        Files.writeString(conf.resolve("e.cfg"), "");
        Files.writeString(conf.resolve("d.config"), "x=\"1\"\nX=\"2\"\n");
        Files.writeString(conf.resolve("c.config"), "# é\ny=[\"ä,b\",\"c\"]\nx=I\"1\"\n");
        folder.look(false);
        assertEquals(Optional.empty(), values("a.cfg"));
        assertEquals(Optional.empty(), values("b.config"));
        assertEquals(Optional.empty(), values("d.config"));
        assertEquals(Optional.empty(), values("e.cfg"), "a full disk leaves such");
        ConfFile typed =
                folder.files().stream().filter(f -> f.name().equals("c.config")).findFirst().get();
        assertEquals(1, typed.values().get().get("x"));
        assertEquals("ä,b", ((Object[]) typed.values().get().get("y"))[0]);
        assertEquals(Map.of("y", 2, "x", 3), typed.lines());
    }

    @Test
    void ofATypedFileTheEntriesThatCannotBeReadAreToldByLineAndKey() throws IOException {
        Files.writeString(
                conf.resolve("a.config"),
                "ok=\"1\"\n"
                        + "list=[\"a\", \\\n"
                        + "  \"b\"]\n"
                        + "chunkBytes=I\"many\"\n"
                        + "last=Q\"2\"\n"
                        + "fine=L\"2\"\n");
        folder.look(false);
        List<Problem> told = folder.files().iterator().next().problems();
        assertEquals(
                List.of("4 chunkBytes", "5 last"),
                told.stream().map(p -> p.line() + " " + p.key()).toList());
    }

    @Test
    void aFileThatIsLargerThanAnyConfigurationHasNoValuesAndSaysWhy() throws IOException {
        Files.writeString(conf.resolve("a.cfg"), "#".repeat(1 << 20));
        Files.writeString(conf.resolve("b.cfg"), "#".repeat((1 << 20) + 1));
        folder.look(false);
        assertEquals(Optional.of(Map.of()), values("a.cfg"));
        assertEquals(Optional.empty(), values("b.cfg"));
        ConfFile large =
                folder.files().stream().filter(f -> f.name().equals("b.cfg")).findFirst().get();
        assertEquals(
                "conf/b.cfg: it is larger than 1 MiB; what was in effect before stays",
                large.problems().get(0).toString());
    }

    @Test
    void aFileThatACommandLeftAsItIsNeedNotBeThere() throws IOException {
        folder.reread(conf.resolve("p-a.cfg"));
        assertEquals(List.of(), names());
        Files.writeString(conf.resolve("p-a.cfg"), "x = 1");
        folder.reread(conf.resolve("p-a.cfg"));
        assertEquals(Optional.of(Map.of("x", "1")), values("p-a.cfg"));
    }

    @Test
    void ofTwoFilesOfOnePidTheOneInEffectStaysAndTheOtherIsTold() throws IOException {
        Files.writeString(conf.resolve("p-a.cfg"), "x = 1");
        Files.writeString(conf.resolve("p-a.config"), "x=\"2\"");
        Files.writeString(conf.resolve("p~a.cfg"), "x = 3");
        folder.look(false);
        Pid pid = new Pid("p", Optional.of("a"));
        Assignment first = Assignment.of(folder.files(), Map.of());
        assertEquals("p-a.cfg", first.files().get(pid).name());
        assertEquals(
                List.of(
                        "conf/p~a.cfg: it has no effect: p-a.cfg is in effect for p~a; keep one of"
                                + " the two",
                        "conf/p-a.config: it has no effect: p-a.cfg is in effect for p~a; keep one"
                                + " of the two"),
                first.problems().stream().map(Problem::toString).toList());
        assertEquals(
                "p-a.config",
                Assignment.of(folder.files(), Map.of(pid, "p-a.config")).files().get(pid).name());
    }
}
