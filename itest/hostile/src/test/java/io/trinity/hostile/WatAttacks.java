package io.trinity.hostile;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.hostile.Attack.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The attacks in {@code src/test/wat}. Each begins with comments: what it attacks; {@code
 * expected:}, codes and stage; and where it needs them {@code manifest:}, more fields, and {@code
 * limits:}, {@code key=value}.
 */
final class WatAttacks {
    private static final String COMMENT = ";;";

    private WatAttacks() {}

    static List<Attack> all() {
        try (Stream<Path> files = Files.list(Path.of("src/test/wat"))) {
            return files.filter(f -> f.toString().endsWith(".wat"))
                    .sorted()
                    .map(WatAttacks::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attack read(Path file) {
        try {
            String text = Files.readString(file);
            Map<String, String> head = head(text);
            String expected = head.get("expected");
            if (expected == null || !expected.contains(" at ") || head.get("").isBlank()) {
                throw new IllegalStateException(file + " does not say what it is");
            }
            int at = expected.indexOf(" at ");
            return new Attack(
                    file.getFileName().toString().replace(".wat", ""),
                    head.get("").strip(),
                    List.of(expected.substring(0, at).split(" or ")),
                    Stage.valueOf(expected.substring(at + 4).toUpperCase(Locale.ROOT)),
                    head.getOrDefault("manifest", ""),
                    limits(head.getOrDefault("limits", "")),
                    once(file, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Assembles when it is first asked for. */
    private static Supplier<byte[]> once(Path file, String wat) {
        byte[][] wasm = {null};
        return () -> {
            if (wasm[0] == null) {
                wasm[0] = assemble(file, wat);
            }
            return wasm[0];
        };
    }

    private static byte[] assemble(Path file, String wat) {
        try {
            return Wat2Wasm.parse(wat);
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + " cannot be assembled", e);
        }
    }

    /** By keyword; the text without one under the empty word. */
    private static Map<String, String> head(String wat) {
        Map<String, String> head = new LinkedHashMap<>();
        List<String> lines = wat.lines().takeWhile(l -> l.startsWith(COMMENT)).toList();
        for (String line : lines) {
            String said = line.substring(COMMENT.length()).strip();
            boolean keyword = said.matches("(expected|manifest|limits): .*");
            String key = keyword ? said.substring(0, said.indexOf(':')) : "";
            String value = keyword ? said.substring(said.indexOf(':') + 1).strip() : said + " ";
            head.merge(key, value, String::concat);
        }
        head.putIfAbsent("", "");
        return head;
    }

    private static Map<String, String> limits(String text) {
        return Stream.of(text.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
