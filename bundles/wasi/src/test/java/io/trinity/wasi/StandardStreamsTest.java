package io.trinity.wasi;

import static io.trinity.wasi.Program.ANSWER;
import static io.trinity.wasi.Program.BUFFER;
import static io.trinity.wasi.Program.VECTORS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class StandardStreamsTest {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Program program = new Program();

    @Test
    void completeLinesGoToTheLogAndTheRestAtTheEndOfTheCall() {
        program.write(STDOUT, "one\r\ntwo\n\nthr");
        program.write(STDERR, "alas\nno");
        assertEquals(List.of("INFO one", "INFO two", "INFO ", "WARN alas"), program.host.lines);
        program.write(STDOUT, "ee");
        program.host.lines.clear();
        program.wasi.endOfCall();
        assertEquals(List.of("INFO three", "WARN no"), program.host.lines);
        program.wasi.endOfCall();
        assertEquals(2, program.host.lines.size());
    }

    @Test
    void printingAsksNobodyForAnything() {
        FakeHost bare = new FakeHost();
        bare.usesFiles = false;
        bare.mayRead = false;
        bare.mayWrite = false;
        Program prints = new Program(bare);
        prints.write(STDOUT, "hello\n");
        assertEquals(List.of("INFO hello"), bare.lines);
        assertEquals(List.of(), bare.asked);
        assertEquals(Errno.BADF, prints.call(WasiFunction.FD_PRESTAT_GET, 3, ANSWER));
    }

    @Test
    void aLineOfMoreThan4KiBIsCutBetweenCharacters() {
        program.write(STDOUT, "x" + "é".repeat(2048) + "\n");
        assertEquals(List.of("INFO x" + "é".repeat(2047), "INFO é"), program.host.lines);
    }

    @Test
    void ofALongTextSoMuchIsTakenAndTold() {
        program.memory.putInt(VECTORS, BUFFER);
        program.memory.putInt(VECTORS + 4, 1 << 20);
        program.well(WasiFunction.FD_WRITE, STDOUT, VECTORS, 1, ANSWER);
        assertEquals(FileFunctions.MOST_TEXT_BYTES, program.memory.getInt(ANSWER));
        assertEquals(2 * FileFunctions.MOST_TEXT_BYTES, program.host.spent);
        assertEquals(FileFunctions.MOST_TEXT_BYTES, program.memory.lifted);
    }

    @Test
    void stdinIsEmptyAndNotWritten() {
        assertEquals("", program.read(STDIN, 100));
        assertEquals(Errno.BADF, program.tryWrite(STDIN, "x"));
        assertEquals(
                Errno.BADF,
                program.call(WasiFunction.FD_READ, STDOUT, VECTORS, program.areas(5), ANSWER));
    }

    @Test
    void aLibcTakesThemForTerminalsAndSoWritesLineByLine() {
        program.well(WasiFunction.FD_FDSTAT_GET, STDOUT, ANSWER);
        assertEquals(Descriptor.CHARACTER_DEVICE, program.memory.getByte(ANSWER));
        long rights = program.memory.getLong(ANSWER + 8);
        assertEquals(0, rights & (Rights.FD_SEEK | Rights.FD_TELL));
        assertEquals(Errno.SPIPE, program.call(WasiFunction.FD_SEEK, STDOUT, 0, 1, ANSWER));
        assertEquals(Errno.SPIPE, program.call(WasiFunction.FD_TELL, STDERR, ANSWER));
        int n = program.areas(1);
        assertEquals(
                Errno.SPIPE, program.call(WasiFunction.FD_PWRITE, STDOUT, VECTORS, n, 0, ANSWER));
        program.well(WasiFunction.FD_FILESTAT_GET, STDOUT, ANSWER);
        assertEquals(Descriptor.CHARACTER_DEVICE, program.memory.getByte(ANSWER + 16));
        program.well(WasiFunction.FD_SYNC, STDOUT);
        program.well(WasiFunction.FD_FDSTAT_SET_FLAGS, STDOUT, 4);
    }

    @Test
    void theyCanBeClosedAndTheirNumberIsTheNextFilesThen() {
        program.file("maps/a", "x");
        program.well(WasiFunction.FD_CLOSE, STDOUT);
        assertEquals(Errno.BADF, program.tryWrite(STDOUT, "x"));
        assertEquals(STDOUT, program.open("maps/a", 0, Program.READ));
    }

    @Property(tries = 300)
    void howATextIsCutIntoWritesChangesNothing(
            @ForAll @StringLength(max = 40) String text,
            @ForAll @Size(max = 8) List<@IntRange(max = 60) Integer> cuts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<String> whole = new ArrayList<>();
        LineBuffer one = new LineBuffer(whole::add);
        one.write(bytes);
        one.flush();
        List<String> pieces = new ArrayList<>();
        LineBuffer many = new LineBuffer(pieces::add);
        int from = 0;
        for (int cut : cuts.stream().sorted().toList()) {
            int to = Math.max(from, Math.min(cut, bytes.length));
            many.write(java.util.Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        many.write(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
        many.flush();
        assertEquals(whole, pieces);
    }

    /** Also bytes that are no text. */
    @Property(tries = 100)
    void noLineIsLongerThan4KiBAndNoByteIsLost(@ForAll @IntRange(min = -128, max = -1) int odd) {
        List<String> lines = new ArrayList<>();
        LineBuffer buffer = new LineBuffer(lines::add);
        byte[] bytes = new byte[10_000];
        java.util.Arrays.fill(bytes, (byte) odd);
        buffer.write(bytes);
        buffer.flush();
        assertEquals(10_000, lines.stream().mapToInt(String::length).sum());
    }
}
