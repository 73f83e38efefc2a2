package io.trinity.storage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A process that stores keys for ever and says of each when it was acknowledged. */
final class Acknowledger {
    private static final int THREADS = 4;

    private Acknowledger() {}

    /** Arguments: file, round. */
    public static void main(String[] arguments) {
        HostStorage storage = new HostStorage(Path.of(arguments[0]), Map.of());
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (int t = 0; t < THREADS; t++) {
            String name = "r" + arguments[1] + "-t" + t + "-";
            new Thread(
                            () -> {
                                for (int i = 0; ; i++) {
                                    storage.put(name + i, value(name + i));
                                    storage.put("hot" + i % 5, new byte[2000]);
                                    if (i % 3 == 0) {
                                        storage.put(name + "gone" + i, new byte[100]);
                                        storage.erase(name + "gone" + i);
                                    }
                                    synchronized (out) {
                                        out.println(name + " " + i);
                                        out.flush();
                                    }
                                }
                            })
                    .start();
        }
    }

    static byte[] value(String key) {
        return key.repeat(30).getBytes(StandardCharsets.UTF_8);
    }
}
