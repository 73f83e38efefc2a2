package io.trinity.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.worker.WorkerFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Neither side takes what is not in order. */
class ProtocolTest extends WorkerFixture {
    private static byte[] bytes(Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            frame.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static Frame read(byte[] bytes, int most) throws IOException {
        return Frame.readFrom(new ByteArrayInputStream(bytes), most);
    }

    @Test
    void what_is_written_is_read() throws IOException {
        byte[] content = {1, 2, 3, -1};
        Frame read = read(bytes(new Frame(255, content)), 4);
        assertEquals(255, read.kind());
        assertArrayEquals(content, read.content());
    }

    @Test
    void a_frame_with_any_bit_changed_or_cut_off_anywhere_is_refused() {
        byte[] whole = bytes(request(7, "content"));
        for (int i = 0; i < whole.length; i++) {
            byte[] cut = Arrays.copyOf(whole, i);
            assertThrows(EOFException.class, () -> read(cut, 100), "cut at " + i);
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThrows(IOException.class, () -> read(changed, 100), "byte " + i);
            }
        }
    }

    @Test
    void a_length_above_the_bound_is_refused_before_anything_is_taken() {
        byte[] whole = bytes(request(7, "content"));
        assertThrows(Frame.Garbage.class, () -> read(whole, 6));
        byte[] endless = Arrays.copyOf(whole, 10);
        endless[6] = (byte) 0xFF;
        assertThrows(Frame.Garbage.class, () -> read(endless, Integer.MAX_VALUE));
        // Claims 2 GiB and brings nothing: takes no memory of that size.
        byte[] liar = Arrays.copyOf(whole, 10);
        liar[6] = 0x7F;
        assertThrows(EOFException.class, () -> read(liar, Integer.MAX_VALUE));
    }

    @Test
    void a_worker_that_writes_what_is_no_frame_is_killed() throws Exception {
        byte[] answer = bytes(request(1, "answer"));
        byte[] falsified = answer.clone();
        falsified[12] ^= 1;
        byte[] huge = answer.clone();
        huge[6] = 0x7F;
        for (byte[] raw : List.of("not a frame at all".getBytes(), falsified, huge)) {
            failure(Kind.GARBAGE, LIMITS, new Frame(OddWorker.WRITE_RAW, raw));
            assertEquals(null, worker.pid());
        }
        // Half an answer and then nothing is late, not garbage.
        failure(
                Kind.TIME,
                answerWithin(300),
                new Frame(OddWorker.WRITE_RAW, Arrays.copyOf(answer, 20)));
    }

    @Test
    void an_answer_that_nobody_asked_for_is_never_taken_for_the_next_one() throws Exception {
        assertEquals("first", ask(OddWorker.ANSWER_TWICE, "first"));
        long pid = worker.pid();
        // The second one may still be on its way when this is asked; then it is this one's answer,
        // and the asker, who compares, is the one to see it. Give it the time to arrive.
        awaitBytes();
        WorkerFailure f = failure(Kind.GARBAGE, LIMITS, request(OddWorker.ECHO, "second"));
        assertTrue(f.getMessage().contains("unasked"), f.getMessage());
        awaitEnd(pid);
    }

    private void awaitBytes() {
        await("bytes in the pipe", worker::hasUnreadBytes);
    }

    @Test
    void what_a_worker_prints_does_not_get_into_its_answers() throws Exception {
        assertEquals("printed", ask(OddWorker.PRINT, "printed"));
        assertEquals("ok", ask(OddWorker.ECHO, "ok"));
    }

    @Test
    void standard_error_is_logged_up_to_a_bound_and_without_controls() throws Exception {
        String flood = "\u001b[31mline\n".repeat(20_000);
        assertEquals(flood.length(), ask(OddWorker.SAY_ON_STDERR, flood).length());
        await("last line", () -> log.contains("(more follows and is left out)"));
        assertEquals(41, log.size());
        assertEquals("?[31mline", log.peek());
    }

    @Test
    void a_worker_ends_when_it_is_sent_what_is_no_frame() throws Exception {
        Map<String, Integer> exits = Map.of("not a frame at all", 4, "", 0);
        for (Map.Entry<String, Integer> sent : exits.entrySet()) {
            Process process = new ProcessBuilder(launch().command()).start();
            try (OutputStream out = process.getOutputStream()) {
                out.write(sent.getKey().getBytes());
            }
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(sent.getValue(), process.exitValue());
        }
    }

    @Test
    void a_request_above_the_workers_own_bound_ends_it() {
        WorkerFailure f =
                failure(Kind.ENDED, LIMITS, new Frame(OddWorker.ECHO, new byte[(1 << 20) + 1]));
        assertTrue(f.getMessage().contains("exit code 4"), f.getMessage());
    }
}
