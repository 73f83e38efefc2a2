package io.trinity.wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.trinity.api.contract.Contract;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Spoilt manifests: each is read, or refused by a {@link PluginException} that can be printed.
 * Longer with {@code -Dtrinity.fuzz.seconds=600}, others with {@code -Dtrinity.fuzz.seed=…}.
 */
@Timeout(7_200)
class ManifestFuzzTest {
    private static final PluginRef FILE = PluginRef.named("x.wasm");
    private static final Path FAILED = Path.of("src/test/resources/fuzz/failed");
    private static final long SECONDS = Long.getLong("trinity.fuzz.seconds", 3);
    private static final long FIRST_SEED = Long.getLong("trinity.fuzz.seed", 1);
    private static final Set<ErrorCode> CODES =
            Set.of(ErrorCode.MANIFEST_INVALID, ErrorCode.CONTRACT_VERSION);
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(Contract.manifestSchema());

    /** What is put in the place of a value, a name, or a piece of text. */
    private static final List<String> PIECES =
            List.of(
                    "null",
                    "true",
                    "{}",
                    "[]",
                    "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]",
                    "0",
                    "-0",
                    "-1",
                    "1.0",
                    "1e0",
                    "1e401",
                    "1E-999999999",
                    "4294967296",
                    "9223372036854775808",
                    "123456789012345678901234567890123456789012345678901234567890123456789",
                    "NaN",
                    "\"\"",
                    "\" \"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\u202e\"",
                    "\"\\n\"",
                    "\"%s%n%d\"",
                    "\"$0\\\\1\"",
                    "\"[1.0,2.0)\"",
                    "\"(2,1]\"",
                    "\"[1\"",
                    "\"1.0.0.\"",
                    "\"0.1\"",
                    "\"0.999999999\"",
                    "\"vsa_ops\"",
                    "\"custom\"",
                    "\"a/b;c\"",
                    "\"" + "a".repeat(300) + "\"",
                    "\"" + "[1,".repeat(60) + "\"",
                    ",",
                    ":",
                    "{",
                    "}",
                    "]",
                    "//",
                    "\uFEFF");

    private static List<byte[]> files(Path folder, String ending) throws IOException {
        List<byte[]> all = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path p : paths.filter(p -> p.toString().endsWith(ending)).sorted().toList()) {
                all.add(Files.readAllBytes(p));
            }
        }
        return all;
    }

    private static List<byte[]> manifests() throws IOException {
        List<byte[]> all = new ArrayList<>(files(Path.of("src/test/resources/fuzz"), ".json"));
        for (byte[] json : files(Path.of("../../plugins"), ".json")) {
            if (new String(json, StandardCharsets.UTF_8).contains("\"manifest\"")) {
                all.add(json);
            }
        }
        return all;
    }

    /** Whether it is read; throws what no manifest may lead to. */
    private static boolean attempt(byte[] json) {
        try {
            ManifestReader.Reading reading = ManifestReader.read(FILE, json);
            String text = new String(json, StandardCharsets.UTF_8);
            assertEquals(Set.of(), SCHEMA.validate(text, InputFormat.JSON), text);
            reading.warnings().forEach(ManifestFuzzTest::isPrintable);
            return true;
        } catch (PluginException refused) {
            assertTrue(CODES.contains(refused.code()), refused.getMessage());
            assertEquals(FILE, refused.plugin());
            isPrintable(refused.getMessage());
            return false;
        }
    }

    private static void isPrintable(String message) {
        assertTrue(message.length() < 2_000, () -> message.length() + " characters");
        assertTrue(
                message.codePoints()
                        .noneMatch(
                                c ->
                                        Character.isISOControl(c)
                                                || Character.getType(c) == Character.FORMAT
                                                || Character.getType(c) == Character.SURROGATE),
                message);
    }

    @Test
    void whatFailedOnceFailsNoMore() throws IOException {
        files(FAILED, ".json").forEach(ManifestFuzzTest::attempt);
    }

    @Test
    void spoiltManifestsAreReadOrRefused() throws IOException {
        List<byte[]> manifests = manifests();
        int read = 0;
        int refused = 0;
        long begin = System.nanoTime();
        for (long seed = FIRST_SEED;
                seed < FIRST_SEED + 2_000 || System.nanoTime() - begin < SECONDS * 1_000_000_000;
                seed++) {
            Random random = new Random(seed * 0x9E37_79B9_7F4A_7C15L);
            byte[] json = spoilt(manifests.get(random.nextInt(manifests.size())), random);
            try {
                if (attempt(json)) {
                    read++;
                } else {
                    refused++;
                }
            } catch (RuntimeException | Error e) {
                Path kept =
                        Path.of(
                                "target/fuzz-failed",
                                Integer.toHexString(Arrays.hashCode(json)) + ".json");
                Files.createDirectories(kept.getParent());
                Files.write(kept, json);
                throw new AssertionError(kept + ", seed " + seed + ": " + e, e);
            }
        }
        assertTrue(read > 50 && refused > 500, "read %d, refused %d".formatted(read, refused));
    }

    private static byte[] spoilt(byte[] json, Random random) {
        byte[] result = json;
        for (int i = random.nextInt(3); i >= 0; i--) {
            result = random.nextInt(3) == 0 ? bytes(result, random) : pieces(result, random);
        }
        return result;
    }

    private static byte[] bytes(byte[] json, Random random) {
        byte[] result = json.clone();
        int at = random.nextInt(result.length);
        switch (random.nextInt(3)) {
            case 0 -> result[at] = (byte) random.nextInt(256);
            case 1 -> result[at] ^= (byte) (1 << random.nextInt(8));
            default -> {
                return Arrays.copyOf(result, Math.max(1, at));
            }
        }
        return result;
    }

    /** One value, name or piece of text in the place of another. */
    private static byte[] pieces(byte[] json, Random random) {
        String text = new String(json, StandardCharsets.UTF_8);
        List<int[]> tokens = tokens(text);
        if (tokens.isEmpty()) {
            return json;
        }
        int[] token = tokens.get(random.nextInt(tokens.size()));
        int[] other = tokens.get(random.nextInt(tokens.size()));
        String piece =
                random.nextInt(3) == 0
                        ? text.substring(other[0], other[1])
                        : PIECES.get(random.nextInt(PIECES.size()));
        String changed = text.substring(0, token[0]) + piece + text.substring(token[1]);
        return changed.getBytes(StandardCharsets.UTF_8);
    }

    private static List<int[]> tokens(String json) {
        List<int[]> tokens = new ArrayList<>();
        var matcher =
                java.util.regex.Pattern.compile("\"(\\\\.|[^\"\\\\])*+\"|[\\[\\]{}]|[-\\w.+]++")
                        .matcher(json);
        while (matcher.find()) {
            tokens.add(new int[] {matcher.start(), matcher.end()});
        }
        return tokens;
    }
}
