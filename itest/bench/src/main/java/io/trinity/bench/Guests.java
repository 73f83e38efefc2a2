package io.trinity.bench;

import io.trinity.testkit.Stage;
import io.trinity.wrapper.ModulePacker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** The plugins that are measured. */
final class Guests {
    /** A constant of the large module, by which its versions differ. */
    private static final int MARK = 0x12345678;

    private static final int MIB = 1 << 20;

    private Guests() {}

    /**
     * Writes {@code echo-N}, {@code xor}, {@code tokenizer-N} and {@code large-N}.
     *
     * @param small how many of echo and tokenizer
     * @param large how many versions of the large one, at most 100
     */
    static void write(Path folder, Path samples, int small, int large) throws IOException {
        for (int i = 0; i < small; i++) {
            write(folder, "echo-" + i, Stage.named("echo-" + i, "1.0.0").plugin());
            String manifest =
                    "{\"manifest\": 1, \"name\": \"tokenizer-%s\", \"version\": \"1.0.0\", \"type\": \"pipeline_stage\"}"
                            .formatted(i);
            byte[] tokenizer = Files.readAllBytes(samples.resolve("tokenizer.wasm"));
            write(
                    folder,
                    "tokenizer-" + i,
                    ModulePacker.pack(tokenizer, manifest.getBytes(StandardCharsets.UTF_8)));
        }
        write(folder, "xor", xor().plugin());
        byte[] module = large();
        byte[] manifest =
                Stage.named("large", "1.0.0").manifestJson().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < large; i++) {
            write(folder, "large-" + i, ModulePacker.pack(marked(module, i), manifest));
        }
    }

    private static void write(Path folder, String name, byte[] plugin) throws IOException {
        Files.write(folder.resolve(name + ".wasm"), plugin);
    }

    /** Every byte of the payload changed, eight at a time. */
    private static Stage xor() {
        return Stage.named("xor", "1.0.0")
                .functions(
                        """
                        (func $xor (param $p i32) (param $end i32)
                          (loop $l
                            (i64.store (local.get $p)
                              (i64.xor (i64.load (local.get $p)) (i64.const 0x5a5a5a5a5a5a5a5a)))
                            (local.set $p (i32.add (local.get $p) (i32.const 8)))
                            (br_if $l (i32.lt_u (local.get $p) (local.get $end)))))
                        """)
                .body(
                        "(call $xor (local.get $payload)"
                                + " (i32.add (local.get $payload) (local.get $length)))");
    }

    /** A stage of one mebibyte, nearly all of it code. */
    static byte[] large() {
        Random random = new Random(1);
        StringBuilder functions = new StringBuilder(7 * MIB);
        functions.append(
                String.format(
                        Locale.ROOT, "(func (export \"mark\") (result i32) (i32.const %s))", MARK));
        for (int f = 0; f < 1010; f++) {
            functions.append("(func (param i32) (result i32) (local i32)");
            for (int k = 0; k < 40; k++) {
                functions.append(
                        String.format(
                                Locale.ROOT,
                                "(local.set 1 (i32.xor (i32.mul (local.get 0) (i32.const %s))"
                                        + " (i32.add (local.get 1) (i32.load offset=%s"
                                        + " (i32.and (local.get 1) (i32.const 1023))))))\n",
                                random.nextInt(),
                                random.nextInt(60_000)));
            }
            functions.append("(local.get 1))\n");
        }
        return Stage.named("large", "1.0.0").functions(functions.toString()).module();
    }

    /** The same with another constant, so that it has to be compiled anew. */
    private static byte[] marked(byte[] module, int version) {
        byte[] was = leb(MARK);
        byte[] is = leb(MARK + version);
        byte[] result = module.clone();
        for (int i = 0; i + was.length <= module.length; i++) {
            int n = 0;
            while (n < was.length && module[i + n] == was[n]) {
                n++;
            }
            if (n == was.length) {
                System.arraycopy(is, 0, result, i, is.length);
                return result;
            }
        }
        throw new IllegalStateException("the module has no mark");
    }

    /** Five bytes of signed LEB128, for numbers from 2^27 to 2^34. */
    private static byte[] leb(int n) {
        byte[] bytes = new byte[5];
        for (int i = 0; i < 5; i++) {
            bytes[i] = (byte) (n >> 7 * i & 0x7F | (i < 4 ? 0x80 : 0));
        }
        return bytes;
    }
}
