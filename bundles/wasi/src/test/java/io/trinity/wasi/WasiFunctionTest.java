package io.trinity.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.wasi.WasiFunction.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WasiFunctionTest {
    @Test
    void allOfPreviewOneIsKnown() {
        assertEquals(46, WasiFunction.values().length);
        assertEquals(
                "(i32 i32 i32 i32 i32 i64 i64 i32 i32) -> (i32)",
                WasiFunction.PATH_OPEN.signature().toString());
        assertEquals("(i32) -> ()", WasiFunction.PROC_EXIT.signature().toString());
        assertEquals("() -> (i32)", WasiFunction.SCHED_YIELD.signature().toString());
        assertEquals("(i32 i64 i32 i32) -> (i32)", WasiFunction.FD_SEEK.signature().toString());
        assertEquals(
                "(i32 i32 i32 i64 i32) -> (i32)", WasiFunction.FD_READDIR.signature().toString());
    }

    @ParameterizedTest
    @EnumSource(WasiFunction.class)
    void whatIsServedTakesCapabilitiesAndWhatIsNotHasARemedy(WasiFunction function) {
        assertEquals(function, WasiFunction.byLabel(function.label()).orElseThrow());
        assertEquals(function.access() != Access.NONE, function.served());
        assertFalse(function.remedy().isBlank());
    }

    @Test
    void theAuthorsGuideListsTheSameFunctionsByClass() throws IOException {
        Map<Access, String> rows =
                Map.of(
                        Access.FREE, "nothing",
                        Access.READ_OR_WRITE, "`file_read` or `file_write`",
                        Access.READ, "`file_read`",
                        Access.WRITE, "`file_write`",
                        Access.NONE, "not served: refused at load");
        String guide = Files.readString(Path.of("../../docs/plugin-author.md"));
        rows.forEach(
                (access, title) -> {
                    String start = "| " + title + " |";
                    String row =
                            guide.lines()
                                    .filter(l -> l.startsWith(start) && l.contains("`f"))
                                    .filter(l -> l.contains("`fd_") || l.contains("`path_"))
                                    .collect(Collectors.joining());
                    assertTrue(!row.isEmpty(), "no row of " + title);
                    Set<String> told =
                            Pattern.compile("`([a-z]+_[a-z_]+)`")
                                    .matcher(row.substring(start.length()))
                                    .results()
                                    .map(m -> m.group(1))
                                    .collect(Collectors.toCollection(TreeSet::new));
                    Set<String> there =
                            Arrays.stream(WasiFunction.values())
                                    .filter(f -> f.access() == access)
                                    .map(WasiFunction::label)
                                    .collect(Collectors.toCollection(TreeSet::new));
                    assertEquals(there, told, title);
                });
    }
}
