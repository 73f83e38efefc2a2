package io.trinity.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs programs that print what they measured. */
final class Processes {
    private Processes() {}

    /**
     * The lines that a program prints, its errors among them.
     *
     * @throws IOException if it cannot be started or ends with another code than 0
     */
    static List<String> lines(List<String> command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(Path.of(command.get(0)).getFileName() + ": " + said);
        }
        return said.lines().toList();
    }
}
