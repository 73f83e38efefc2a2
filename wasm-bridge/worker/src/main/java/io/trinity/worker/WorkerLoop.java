package io.trinity.worker;

import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The worker's side: greets, answers, and ends with its host. Standard input is read by a thread of
 * its own, so that its end is seen in the middle of work; for the case that another process has
 * inherited the pipe, {@link ParentWatch} looks too. Whatever goes wrong here ends the process.
 */
public final class WorkerLoop {
    private static final int ENDED = 0;
    private static final int OUT_OF_MEMORY = 3;
    private static final int GARBAGE = 4;
    private static final int FAILED = 5;

    /** What the host's thread that loads plugins has: the same module must be told the same. */
    private static final long STACK_BYTES = 4L << 20;

    private WorkerLoop() {}

    /** What a worker does. */
    @FunctionalInterface
    public interface Work {
        /** Answers; what it throws ends the worker. */
        Frame answer(Frame request);
    }

    /**
     * Takes standard input and output for itself and returns; the work goes on in a thread that
     * ends with the process.
     *
     * @param greeting see {@link Launch#greeting}
     * @param requestBytes most bytes of a request
     */
    public static void start(String greeting, int requestBytes, Work work) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(new ByteArrayInputStream(new byte[0]));
        System.setOut(System.err);
        BlockingQueue<Frame> requests = new ArrayBlockingQueue<>(1);
        thread("worker-in", 0, () -> read(in, requestBytes, requests)).start();
        ParentWatch.start();
        thread("worker", STACK_BYTES, () -> serve(greeting, requests, out, work)).start();
    }

    private static Thread thread(String name, long stackBytes, Runnable work) {
        return new Thread(null, work, name, stackBytes);
    }

    private static void read(InputStream in, int mostBytes, BlockingQueue<Frame> requests) {
        int code = FAILED;
        try {
            while (true) {
                requests.put(Frame.readFrom(in, mostBytes));
            }
        } catch (Frame.Garbage e) {
            code = GARBAGE;
        } catch (IOException e) {
            code = ENDED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(code);
        }
    }

    private static void serve(
            String greeting, BlockingQueue<Frame> requests, OutputStream out, Work work) {
        int code = FAILED;
        try {
            new Frame(Frame.GREETING, greeting.getBytes(StandardCharsets.UTF_8)).writeTo(out);
            while (true) {
                work.answer(requests.take()).writeTo(out);
            }
        } catch (OutOfMemoryError e) {
            code = OUT_OF_MEMORY;
        } catch (IOException e) {
            code = ENDED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Told to the host's log; the exit code says the rest.
            e.printStackTrace();
        } finally {
            end(code);
        }
    }

    /** At once: a shutdown hook could wait for what hangs. */
    @SuppressWarnings("SystemExitOutsideMain")
    static void end(int code) {
        Runtime.getRuntime().halt(code);
    }
}
