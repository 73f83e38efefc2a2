package io.trinity.worker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No worker outlives its host, however that ends. */
class ParentDeathTest extends WorkerFixture {
    /** A host in a process of its own; says the worker's number and then does nothing. */
    static final class Host {
        private Host() {}

        public static void main(String[] args) throws Exception {
            Worker worker = new Worker("host", l -> {});
            Launch launch = launch(Path.of(args[0]), 32);
            worker.ask(launch, LIMITS, request(OddWorker.ECHO, ""), a -> true);
            System.out.println(worker.pid());
            if (args[1].equals("busy")) {
                worker.ask(launch, LIMITS, request(OddWorker.HANG, ""), a -> true);
            }
            Thread.currentThread().join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "idle"})
    void a_worker_ends_when_its_host_is_killed(String state) throws Exception {
        String paths = System.getProperty("java.class.path");
        Process host =
                new ProcessBuilder(
                                Launch.ownJava().toString(),
                                "-cp",
                                paths,
                                Host.class.getName(),
                                folder.toString(),
                                state)
                        .start();
        long pid;
        try (BufferedReader out = host.inputReader()) {
            pid = Long.parseLong(out.readLine());
            assertTrue(isAlive(pid));
        } finally {
            host.destroyForcibly().waitFor();
        }
        awaitEnd(pid);
    }

    @Test
    void a_worker_ends_when_its_parent_is_gone_although_its_pipe_is_still_open() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
        // The worker gets the shell's own standard input, whose other end this test holds.
        command.add("exec 3<&0; \"$@\" <&3 >/dev/null & echo $! >&2; wait");
        command.add("sh");
        command.addAll(launch().command());
        Process shell = new ProcessBuilder(command).start();
        long pid;
        try (BufferedReader err =
                new BufferedReader(
                        new InputStreamReader(shell.getErrorStream(), StandardCharsets.UTF_8))) {
            pid = Long.parseLong(err.readLine());
            assertTrue(isAlive(pid));
            shell.destroyForcibly().waitFor();
            awaitEnd(pid);
        } finally {
            shell.getOutputStream().close();
        }
    }
}
