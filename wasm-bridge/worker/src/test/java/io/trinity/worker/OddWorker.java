package io.trinity.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A worker for tests that does what each kind of request asks for. */
final class OddWorker {
    static final String GREETING = "odd";
    static final int ECHO = 1;
    static final int HANG = 2;
    static final int EAT_MEMORY = 3;
    static final int EXIT = 4;
    static final int THROW = 5;
    static final int WRITE_RAW = 6;
    static final int SAY_ON_STDERR = 7;
    static final int TELL_ENVIRONMENT = 8;
    static final int ANSWER_TWICE = 9;
    static final int PRINT = 10;

    private OddWorker() {}

    public static void main(String[] args) {
        WorkerLoop.start(GREETING, 1 << 20, OddWorker::answer);
    }

    private static Frame answer(Frame request) {
        String text = new String(request.content(), StandardCharsets.UTF_8);
        switch (request.kind()) {
            case HANG -> hang();
            case EAT_MEMORY -> eatMemory();
            case EXIT -> Runtime.getRuntime().halt(Integer.parseInt(text));
            case THROW -> throw new IllegalStateException(text);
            case WRITE_RAW -> writeRaw(request.content());
            case SAY_ON_STDERR -> System.err.print(text);
            case PRINT -> System.out.print(text);
            case ANSWER_TWICE -> writeFrame(request);
            default -> {
                // echoed
            }
        }
        return request.kind() == TELL_ENVIRONMENT
                ? new Frame(1, System.getenv().toString().getBytes(StandardCharsets.UTF_8))
                : request;
    }

    private static void hang() {
        long n = 0;
        while (n >= 0) {
            n = (n + 1) & Long.MAX_VALUE;
        }
    }

    private static void eatMemory() {
        List<byte[]> held = new ArrayList<>();
        while (true) {
            held.add(new byte[1 << 20]);
        }
    }

    private static void writeRaw(byte[] bytes) {
        try {
            new FileOutputStream(FileDescriptor.out).write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        hang();
    }

    private static void writeFrame(Frame frame) {
        try {
            frame.writeTo(new FileOutputStream(FileDescriptor.out));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
