package io.trinity.engine;

import com.dylibso.chicory.wabt.Wat2Wasm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Real modules, and ways to spoil them. */
final class ModuleCorpus {
    private static final Path FUZZ = Path.of("src/test/resources/fuzz");

    /** Larger ones leave no time for many. */
    private static final int LARGEST_BYTES = 12_000;

    private static final int[] BYTES = {
        0, 1, 2, 0x0B, 0x0C, 0x0D, 0x10, 0x40, 0x7C, 0x7F, 0x80, 0xFC, 0xFF
    };

    private final List<byte[]> modules = new ArrayList<>();

    ModuleCorpus() {
        files(FUZZ.resolve("modules"), ".wat")
                .forEach(p -> modules.add(Wat2Wasm.parse(p.toFile())));
        files(Path.of("../../plugins"), ".wasm").stream()
                .map(ModuleCorpus::read)
                .filter(m -> m.length <= LARGEST_BYTES)
                .forEach(modules::add);
    }

    /** What failed once. */
    static List<Path> failed() {
        return files(FUZZ.resolve("failed"), ".wasm");
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<byte[]> modules() {
        return modules;
    }

    /** One of them with a few bytes other than they were. */
    byte[] spoilt(Random random) {
        byte[] module = modules.get(random.nextInt(modules.size())).clone();
        int times = 1 + random.nextInt(random.nextInt(8) == 0 ? 12 : 3);
        for (int i = 0; i < times && module.length > 9; i++) {
            // Most of it behind the header, which has been looked at after a few tries.
            int at =
                    random.nextInt(20) == 0
                            ? random.nextInt(module.length)
                            : 8 + random.nextInt(module.length - 8);
            module = spoilt(module, at, random);
        }
        return module;
    }

    private byte[] spoilt(byte[] module, int at, Random random) {
        switch (random.nextInt(8)) {
            case 0, 1 -> module[at] = (byte) BYTES[random.nextInt(BYTES.length)];
            case 2 -> module[at] = (byte) random.nextInt(256);
            case 3 -> module[at] ^= (byte) (1 << random.nextInt(8));
            case 4 -> module[at] += (byte) (random.nextBoolean() ? 1 : -1);
            case 5 -> {
                // A piece of this or another one, in place of what stands there.
                byte[] other = modules.get(random.nextInt(modules.size()));
                int length = Math.min(1 + random.nextInt(8), module.length - at);
                int from = random.nextInt(Math.max(1, other.length - length));
                System.arraycopy(other, from, module, at, Math.min(length, other.length - from));
            }
            case 6 -> {
                int length = Math.min(1 + random.nextInt(4), module.length - at);
                return join(Arrays.copyOf(module, at), module, at + length);
            }
            default -> {
                byte[] begin = Arrays.copyOf(module, at + 1);
                begin[at] = (byte) random.nextInt(256);
                return join(begin, module, at);
            }
        }
        return module;
    }

    private static byte[] join(byte[] begin, byte[] module, int from) {
        byte[] all = Arrays.copyOf(begin, begin.length + module.length - from);
        System.arraycopy(module, from, all, begin.length, module.length - from);
        return all;
    }
}
