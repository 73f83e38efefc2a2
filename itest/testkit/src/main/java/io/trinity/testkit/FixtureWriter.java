package io.trinity.testkit;

import com.dylibso.chicory.wabt.Wat2Wasm;
import io.trinity.api.contract.Contract;
import io.trinity.api.plugin.Capability;
import io.trinity.canonical.abi.CoreSignature;
import io.trinity.canonical.abi.CoreType;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitInterface;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.wrapper.ModulePacker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes all guests of the scenarios as files. */
public final class FixtureWriter {
    private static final String FACE = "trinity:plugin/%s@0.1.0";

    private FixtureWriter() {}

    /**
     * @param arguments the folder to write to
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (Map.Entry<String, byte[]> f : all().entrySet()) {
            Files.write(folder.resolve(f.getKey() + ".wasm"), f.getValue());
        }
    }

    private static Map<String, byte[]> all() {
        Map<String, byte[]> all = new TreeMap<>();
        put(all, "stamp-1", Stage.named("stamp", "1.0.0").stamp('1'));
        put(all, "stamp-2", Stage.named("stamp", "2.0.0").stamp('2'));
        put(all, "stamp-3", Stage.named("stamp", "3.0.0").stamp('3'));
        put(all, "other", Stage.named("other", "1.0.0").stamp('o'));
        put(
                all,
                "stamp-broken",
                Stage.named("stamp", "9.0.0").stamp('9').initialize("unreachable"));
        put(
                all,
                "slow-1",
                Stage.named("slow", "1.0.0")
                        .initialize(Stage.rounds(300_000_000))
                        .body(Stage.when('x', Stage.rounds(2_000_000_000L))));
        put(
                all,
                "slow-2",
                Stage.named("slow", "2.0.0").initialize(Stage.rounds(300_000_000)).stamp('2'));
        put(
                all,
                "sleeper",
                Stage.named("sleeper", "1.0.0")
                        .imports(
                                "(import \"wasi_snapshot_preview1\" \"poll_oneoff\" (func $poll"
                                        + " (param i32 i32 i32 i32) (result i32)))")
                        // Of the monotonic clock, two seconds from now.
                        .initialize(
                                """
                                (i32.store (i32.const 4112) (i32.const 1))
                                (i64.store (i32.const 4120) (i64.const 2000000000))
                                (drop (call $poll (i32.const 4096) (i32.const 4160) (i32.const 1) (i32.const 4200)))
                                """));
        put(all, "spin", Stage.named("spin", "1.0.0").body(Stage.when('x', "(loop $l (br $l))")));
        put(all, "trap", Stage.named("trap", "1.0.0").body(Stage.when('x', "unreachable")));
        put(
                all,
                "deep",
                Stage.named("deep", "1.0.0")
                        .functions(
                                "(func $deep (param i32) (result i32) (i32.add (i32.const 1) (call"
                                        + " $deep (local.get 0))))")
                        .body(Stage.when('x', "(drop (call $deep (i32.const 0)))")));
        put(
                all,
                "fill",
                Stage.named("fill", "1.0.0")
                        .pages(200)
                        .body(
                                Stage.when(
                                        'x',
                                        "(loop $l (memory.fill (i32.const 65536) (i32.const 7)"
                                                + " (i32.const 13000000)) (br $l))")));
        // Says whether ten pages more could be had.
        put(
                all,
                "grow",
                Stage.named("grow", "1.0.0")
                        .body(
                                "(i32.store8 (local.get $payload) (select (i32.const 110)"
                                        + " (i32.const 121) (i32.eq (memory.grow (i32.const 10))"
                                        + " (i32.const -1))))"));
        put(all, "greedy", Stage.named("greedy", "1.0.0").pages(320));
        put(
                all,
                "liar",
                Stage.named("liar", "1.0.0")
                        .body(Stage.when('x', "(local.set $count (i32.const 0x7fffffff))")));
        hooks(all);
        dependencies(all);
        vsa(all);
        streams(all);
        dial(all);
        shelf(all);
        calls(all);
        metrics(all);
        words(all);
        noise(all);
        prices(all);
        imports(all);
        broken(all);
        return all;
    }

    private static void put(Map<String, byte[]> all, String name, Stage stage) {
        all.put(name, stage.plugin());
    }

    private static void put(Map<String, byte[]> all, String name, HookGuest guest) {
        all.put(name, guest.plugin());
    }

    /** Hooks at every point; relay-1 to relay-5 fire each other's custom hooks. */
    private static void hooks(Map<String, byte[]> all) {
        for (char c = 'a'; c <= 'c'; c++) {
            // The names are in the opposite order of the priorities.
            String name = "mark-" + (char) ('a' + 'c' - c);
            put(all, name, HookGuest.named(name, "1.0.0").appends("mark", 100 * (c - 'a' + 1), c));
        }
        put(
                all,
                "mark-trap",
                HookGuest.named("mark-trap", "1.0.0").custom("mark", 150, "unreachable"));
        put(
                all,
                "mark-slow",
                HookGuest.named("mark-slow", "1.0.0")
                        .custom("mark", 160, "(loop $l (br $l)) unreachable"));
        for (int i = 1; i <= 5; i++) {
            put(
                    all,
                    "relay-" + i,
                    HookGuest.named("relay-" + i, "1.0.0")
                            .relays("step-" + i, 500, (char) ('0' + i), "step-" + (i + 1)));
        }
        put(
                all,
                "chunk-stamp",
                HookGuest.named("chunk-stamp", "1.0.0").postChunk(500, HookGuest.set(0, 'h')));
        put(
                all,
                "chunk-trap",
                HookGuest.named("chunk-trap", "1.0.0").postChunk(400, "unreachable"));
        put(
                all,
                "chunk-drop",
                HookGuest.named("chunk-drop", "1.0.0").postChunk(500, HookGuest.drop()));
        put(all, "curfew", HookGuest.named("curfew", "1.0.0").vetoes(500, "no work after ten"));
        put(
                all,
                "watcher",
                HookGuest.named("watcher", "1.0.0")
                        .weighs(500, 2)
                        .labels(500, "seen")
                        .logsErrors(500)
                        .logsMetrics(500));
        HookGuest busybody = HookGuest.named("busybody", "1.0.0");
        for (int i = 0; i < 17; i++) {
            busybody.appends("h" + i, 500, 'x');
        }
        put(all, "busybody", busybody);
    }

    /** mapper needs geometry 1; a and b need each other; hub needs nine. */
    private static void dependencies(Map<String, byte[]> all) {
        put(
                all,
                "geometry-1",
                HookGuest.named("geometry", "1.2.0").appends("shape", 500, 's').answers('1'));
        put(
                all,
                "geometry-1b",
                HookGuest.named("geometry", "1.3.0").appends("shape", 500, 's').answers('b'));
        put(
                all,
                "geometry-2",
                HookGuest.named("geometry", "2.0.0").appends("shape", 500, 's').answers('2'));
        put(
                all,
                "mapper",
                HookGuest.named("mapper", "1.0.0")
                        .asks("map", 500, "geometry")
                        .manifest(needs("geometry", "[1.0,2.0)")));
        // What it works for whoever asks, and what it works when it listens.
        put(
                all,
                "toiler",
                HookGuest.named("toiler", "1.0.0")
                        .appendsAfter(300_000_000, "toil", 500, 't')
                        .answersAfter(3_000_000, 'a'));
        put(
                all,
                "asker",
                HookGuest.named("asker", "1.0.0")
                        .asks("ask", 500, "toiler")
                        .manifest(needs("toiler", "[1.0,2.0)")));
        put(
                all,
                "firer",
                HookGuest.named("firer", "1.0.0").relaysAfter(100_000, "go", 500, 'f', "toil"));
        put(all, "ring-a", Stage.named("ring-a", "1.0.0").manifest(needs("ring-b", "[1,2)")));
        put(all, "ring-b", Stage.named("ring-b", "1.0.0").manifest(needs("ring-a", "[1,2)")));
        put(all, "ring-b-mended", Stage.named("ring-b", "1.1.0"));
        StringBuilder nine = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            nine.append(i == 0 ? "" : ", ").append("{\"name\": \"d%s\"}".formatted(i));
        }
        put(all, "hub", Stage.named("hub", "1.0.0").manifest("\"dependencies\": [" + nine + "]"));
        for (int i = 0; i < 33; i++) {
            put(all, "crowd-" + i, Stage.named("crowd-" + i, "1.0.0").stamp('c'));
        }
    }

    private static String needs(String plugin, String range) {
        return "\"dependencies\": [{\"name\": \"%s\", \"version\": \"%s\"}]"
                .formatted(plugin, range);
    }

    /**
     * Takes a vector out of a binding again and says whether it is the same: '1' in the payload.
     */
    private static void vsa(Map<String, byte[]> all) {
        String interfaceName = FACE.formatted("vsa");
        String imports =
                """
                (import "%1$s" "random" (func $random (param i64) (result i32)))
                (import "%1$s" "bind" (func $bind (param i32 i32) (result i32)))
                (import "%1$s" "unbind" (func $unbind (param i32 i32) (result i32)))
                (import "%1$s" "similarity" (func $similarity (param i32 i32) (result f64)))
                (import "%1$s" "release" (func $release (param i32)))
                """
                        .formatted(interfaceName);
        String body =
                Stage.when('z', "(call $release (i32.const 77))")
                        + """
                        (local.set $length (call $random (i64.const 1)))
                        (local.set $count (call $random (i64.const 2)))
                        (i32.store8 (local.get $payload)
                          (i32.add (i32.const 48)
                            (i32.trunc_f64_s
                              (call $similarity (local.get $length)
                                (call $unbind (call $bind (local.get $length) (local.get $count)) (local.get $count))))))
                        (local.set $count (i32.const 1))
                        """;
        put(
                all,
                "vsa",
                Stage.named("vsa", "1.0.0")
                        .manifest("\"capabilities\": [\"vsa_ops\"]")
                        .imports(imports)
                        .body(body));
        put(all, "vsa-undeclared", Stage.named("vsa", "1.0.1").imports(imports).body(body));
    }

    /** push hands its chunk to stream 'events'; pull returns what waits there. */
    private static void streams(Map<String, byte[]> all) {
        String interfaceName = FACE.formatted("streams");
        put(
                all,
                "push",
                Stage.named("push", "1.0.0")
                        .manifest("\"capabilities\": [\"stream_io\"]")
                        .imports(
                                "(import \"%s\" \"push\" (func $push (param i32 i32 i32)))"
                                        .formatted(interfaceName))
                        .functions("(data (i32.const 64) \"events\")")
                        .body(
                                """
                                (i32.store offset=24 (local.get $chunk) (i32.const 64))
                                (i32.store offset=28 (local.get $chunk) (i32.const 6))
                                (call $push (local.get $chunk) (i32.const 1) (i32.const 80))
                                (i32.store8 (local.get $payload)
                                  (i32.add (i32.const 48) (i32.load8_u (i32.const 80))))
                                """));
        put(
                all,
                "pull",
                Stage.named("pull", "1.0.0")
                        .manifest("\"capabilities\": [\"stream_io\"]")
                        .imports(
                                "(import \"%s\" \"pull\" (func $pull (param i32 i32 i32 i32 i32)))"
                                        .formatted(interfaceName))
                        .functions("(data (i32.const 64) \"events\")")
                        .body(
                                """
                                (call $pull (i32.const 64) (i32.const 6) (i32.const 8) (i32.const 50) (i32.const 80))
                                (local.set $chunk (i32.load (i32.const 84)))
                                (local.set $count (i32.load (i32.const 88)))
                                """));
    }

    /**
     * dial opens a TCP connection to 127.0.0.1, or to localhost when the payload begins with 'n',
     * at the port in the next three characters (each ' ' and six bits), sends the rest and returns
     * what is answered; a failure as one character, '0' and up.
     */
    private static void dial(Map<String, byte[]> all) {
        String digit = "(i32.sub (i32.load8_u offset=%s (local.get $payload)) (i32.const 32))";
        String interfaceName = FACE.formatted("tcp");
        String failed =
                """
                (if (i32.load8_u (i32.const 180)) (then
                  (i32.store8 (local.get $payload) (i32.add (i32.const 48) (i32.load8_u (i32.const 184))))
                  (i32.store offset=4 (local.get $chunk) (i32.const 1))
                  (br $out)))
                """;
        put(
                all,
                "dial",
                Stage.named("dial", "1.0.0")
                        .manifest("\"capabilities\": [\"network\"]")
                        .imports(
                                """
                                (import "%1$s" "open" (func $open (param i32 i32 i32 i32 i32)))
                                (import "%1$s" "send" (func $send (param i32 i32 i32 i32 i32)))
                                (import "%1$s" "receive" (func $receive (param i32 i32 i32 i32)))
                                (import "%1$s" "close" (func $close (param i32)))
                                """
                                        .formatted(interfaceName))
                        .functions("(data (i32.const 64) \"127.0.0.1localhost\")")
                        .body(
                                """
                                (block $out
                                  (call $open
                                    (select (i32.const 73) (i32.const 64)
                                      (i32.eq (i32.load8_u (local.get $payload)) (i32.const 110)))
                                    (i32.const 9)
                                    (i32.or (i32.shl %2$s (i32.const 12)) (i32.or (i32.shl %3$s (i32.const 6)) %4$s))
                                    (i32.const 500) (i32.const 180))
                                  %1$s
                                  (i32.store (i32.const 196) (i32.load (i32.const 184)))
                                  (call $send (i32.load (i32.const 196))
                                    (i32.add (local.get $payload) (i32.const 4))
                                    (i32.sub (local.get $length) (i32.const 4)) (i32.const 500) (i32.const 180))
                                  (if (i32.load8_u (i32.const 180)) (then unreachable))
                                  (call $receive (i32.load (i32.const 196)) (i32.const 64) (i32.const 500)
                                    (i32.const 180))
                                  %1$s
                                  (i32.store (local.get $chunk) (i32.load (i32.const 184)))
                                  (i32.store offset=4 (local.get $chunk) (i32.load (i32.const 188)))
                                  (call $close (i32.load (i32.const 196))))
                                """
                                        .formatted(
                                                failed,
                                                digit.formatted(1),
                                                digit.formatted(2),
                                                digit.formatted(3))));
    }

    /**
     * shelf reads 64 bytes of a file, or writes one when the payload begins with 'w'. The next
     * character is ' ' and the length of the path, which follows; what is left is to be written.
     * Returns what was read, or 'k'; a failure as one character, '0' and up.
     */
    private static void shelf(Map<String, byte[]> all) {
        String path =
                """
                (i32.add (local.get $payload) (i32.const 2))
                (i32.sub (i32.load8_u offset=1 (local.get $payload)) (i32.const 32))
                (i64.const 0)
                """;
        put(
                all,
                "shelf",
                Stage.named("shelf", "1.0.0")
                        .manifest("\"capabilities\": [\"file_read\", \"file_write\"]")
                        .imports(
                                """
                                (import "%s" "read" (func $read (param i32 i32 i64 i32 i32)))
                                (import "%s" "write" (func $write (param i32 i32 i64 i32 i32 i32)))
                                """
                                        .formatted(
                                                FACE.formatted("files"),
                                                FACE.formatted("file-changes")))
                        .functions("")
                        .body(
                                """
                                (block $out
                                  (if (i32.eq (i32.load8_u (local.get $payload)) (i32.const 119)) (then
                                    (call $write
                                      %1$s
                                      (i32.sub (i32.add (local.get $payload) (i32.load8_u offset=1 (local.get $payload)))
                                        (i32.const 30))
                                      (i32.sub (local.get $length)
                                        (i32.sub (i32.load8_u offset=1 (local.get $payload)) (i32.const 30)))
                                      (i32.const 180))
                                    (i32.store8 (local.get $payload)
                                      (select (i32.add (i32.const 48) (i32.load8_u (i32.const 181))) (i32.const 107)
                                        (i32.load8_u (i32.const 180))))
                                    (i32.store offset=4 (local.get $chunk) (i32.const 1))
                                    (br $out)))
                                  (call $read
                                    %1$s
                                    (i32.const 64) (i32.const 180))
                                  (if (i32.load8_u (i32.const 180)) (then
                                    (i32.store8 (local.get $payload)
                                      (i32.add (i32.const 48) (i32.load8_u (i32.const 184))))
                                    (i32.store offset=4 (local.get $chunk) (i32.const 1))
                                    (br $out)))
                                  (i32.store (local.get $chunk) (i32.load (i32.const 184)))
                                  (i32.store offset=4 (local.get $chunk) (i32.load (i32.const 188))))
                                """
                                        .formatted(path)));
    }

    /** Counts its chunks under the metric 'chunks'. */
    private static void metrics(Map<String, byte[]> all) {
        put(
                all,
                "count",
                Stage.named("count", "1.0.0")
                        .manifest("\"capabilities\": [\"metrics\"]")
                        .imports(
                                "(import \"%s\" \"add\" (func $add (param i32 i32 f64 i32 i32)))"
                                        .formatted(FACE.formatted("metrics")))
                        .functions("(data (i32.const 64) \"chunks\")")
                        .body(
                                "(call $add (i32.const 64) (i32.const 6) (f64.const 1) (i32.const"
                                        + " 0) (i32.const 0))"));
    }

    /** wait-1 waits for a chunk in stream 'events'; secret keeps a byte, peek looks for one. */
    private static void calls(Map<String, byte[]> all) {
        put(
                all,
                "wait-1",
                Stage.named("wait", "1.0.0")
                        .manifest("\"capabilities\": [\"stream_io\"], \"instances\": 5")
                        .imports(
                                "(import \"%s\" \"pull\" (func $pull (param i32 i32 i32 i32 i32)))"
                                        .formatted(FACE.formatted("streams")))
                        .functions("(data (i32.const 64) \"events\")")
                        .body(
                                """
                                (call $pull (i32.const 64) (i32.const 6) (i32.const 1) (i32.const 60000) (i32.const 80))
                                (i32.store8 (local.get $payload)
                                  (select (i32.const 49) (i32.const 116) (i32.load (i32.const 88))))
                                """));
        put(all, "wait-2", Stage.named("wait", "2.0.0").stamp('2'));
        put(
                all,
                "secret",
                Stage.named("secret", "1.0.0")
                        .body("(i32.store8 (i32.const 3000) (i32.load8_u (local.get $payload)))"));
        put(
                all,
                "peek",
                Stage.named("peek", "1.0.0")
                        .body(
                                Stage.when('x', "(drop (i32.load (i32.const 0x7ffffff0)))")
                                        + "(i32.store8 (local.get $payload) (i32.add (i32.const 48)"
                                        + " (i32.load8_u (i32.const 3000))))"));
        for (String module : new String[] {"secret", "io.trinity.plugin.secret"}) {
            put(
                    all,
                    module.equals("secret") ? "steal-name" : "steal-bundle",
                    Stage.named("steal", "1.0.0")
                            .imports(
                                    "(import \"%s\" \"process\" (func $p (param i32 i32) (result i32)))"
                                            .formatted(module)));
        }
    }

    /** Logs its payload and answers with its setting 'greeting'. */
    private static void words(Map<String, byte[]> all) {
        put(
                all,
                "words",
                Stage.named("words", "1.0.0")
                        .manifest(
                                "\"config\": {\"greeting\": {\"type\": \"string\", \"default\":"
                                        + " \"hello\"}}")
                        .imports(
                                """
                                (import "%s" "log" (func $log (param i32 i32 i32 i32 i32)))
                                (import "%s" "get" (func $get (param i32 i32 i32)))
                                """
                                        .formatted(FACE.formatted("log"), FACE.formatted("config")))
                        .functions("(data (i32.const 64) \"greeting\")")
                        .body(
                                """
                                (call $log (i32.const 2) (local.get $payload) (local.get $length) (i32.const 0) (i32.const 0))
                                (call $get (i32.const 64) (i32.const 8) (i32.const 80))
                                (i32.store (local.get $chunk) (i32.load (i32.const 84)))
                                (i32.store offset=4 (local.get $chunk) (i32.load (i32.const 88)))
                                """));
    }

    /** Logs its payload 500 times, and one ERROR; then it traps if that begins with an x. */
    private static void noise(Map<String, byte[]> all) {
        put(
                all,
                "noise",
                Stage.named("noise", "1.0.0")
                        .imports(
                                "(import \"%s\" \"log\" (func $log (param i32 i32 i32 i32 i32)))"
                                        .formatted(FACE.formatted("log")))
                        .functions(
                                """
                                (data (i32.const 64) "the one line that matters")
                                (func $noise (param $text i32) (param $bytes i32) (local $i i32)
                                  (loop $again
                                    (call $log (i32.const 2) (local.get $text) (local.get $bytes) (i32.const 0) (i32.const 0))
                                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                                    (br_if $again (i32.lt_u (local.get $i) (i32.const 500)))))
                                """)
                        .body(
                                """
                                (call $noise (local.get $payload) (local.get $length))
                                (call $log (i32.const 4) (i32.const 64) (i32.const 25) (i32.const 0) (i32.const 0))
                                """
                                        + Stage.when('x', "unreachable")));
    }

    /** Of a type that a test bundle brings: the sum of a basket, and half of it. */
    private static void prices(Map<String, byte[]> all) {
        all.put("prices-1", prices("1.0.0", "price", 1));
        all.put("prices-2", prices("2.0.0", "price", 2));
        all.put("prices-none", prices("3.0.0", "cost", 1));
    }

    private static byte[] prices(String version, String export, int divisor) {
        byte[] module =
                Wat2Wasm.parse(
                        """
                        (module
                          (memory (export "memory") 1)
                          (data (i32.const 64) "who are you?")
                          (global $top (mut i32) (i32.const 4096))
                          (func (export "cabi_realloc")
                              (param i32) (param i32) (param i32) (param $size i32) (result i32)
                            (global.get $top)
                            (global.set $top (i32.and (i32.const -8)
                              (i32.add (i32.const 7)
                                (i32.add (global.get $top) (local.get $size))))))
                          (func (export "%s") (param $customer i32) (param $length i32)
                              (param $item i32) (param $count i32) (result i32)
                              (local $sum i64)
                            (global.set $top (i32.const 4096))
                            (if (i32.eqz (local.get $length)) (then
                              (i32.store8 (i32.const 16) (i32.const 1))
                              (i32.store (i32.const 24) (i32.const 64))
                              (i32.store (i32.const 28) (i32.const 12))
                              (return (i32.const 16))))
                            (block $end
                              (loop $next
                                (br_if $end (i32.eqz (local.get $count)))
                                (local.set $sum (i64.add (local.get $sum) (i64.mul
                                  (i64.load offset=8 (local.get $item))
                                  (i64.load32_u offset=16 (local.get $item)))))
                                (local.set $item (i32.add (local.get $item) (i32.const 24)))
                                (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                                (br $next)))
                            (i32.store8 (i32.const 16) (i32.const 0))
                            (i32.store8 (i32.const 24) (i64.ne (local.get $sum) (i64.const 0)))
                            (i64.store (i32.const 32) (i64.div_u (local.get $sum) (i64.const %s)))
                            (i32.const 16)))
                        """
                                .formatted(export, divisor));
        String manifest =
                "{\"manifest\": 1, \"name\": \"prices\", \"version\": \"%s\", \"type\": \"price_rule\"}"
                        .formatted(version);
        return ModulePacker.pack(module, manifest.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * One plugin per importable interface, which imports its first function and declares what it
     * needs.
     */
    private static void imports(Map<String, byte[]> all) {
        for (WitInterface interfaceName : WitPackage.parse(Contract.wit()).interfaces()) {
            if (interfaceName.functions().isEmpty()) {
                continue;
            }
            WitFunction f = interfaceName.functions().get(0);
            String name = "import-" + interfaceName.name();
            String capabilities =
                    Capability.ofInterface(interfaceName.name())
                            .map(c -> "\"capabilities\": [\"" + c.label() + "\"]")
                            .orElse("\"dependencies\": [{\"name\": \"other\"}]");
            put(
                    all,
                    name,
                    Stage.named(name, "1.0.0")
                            .manifest(capabilities)
                            .imports(
                                    "(import \"%s\" \"%s\" (func %s))"
                                            .formatted(
                                                    FACE.formatted(interfaceName.name()),
                                                    f.name(),
                                                    text(CoreSignature.ofImport(f)))));
        }
    }

    private static String text(CoreSignature s) {
        return types("param", s.params()) + types("result", s.results());
    }

    private static String types(String word, List<CoreType> types) {
        return types.isEmpty()
                ? ""
                : types.stream()
                        .map(t -> t.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" ", "(" + word + " ", ")"));
    }

    private static void broken(Map<String, byte[]> all) {
        put(
                all,
                "bad-import",
                Stage.named("bad-import", "1.0.0").imports("(import \"env\" \"system\" (func))"));
        put(
                all,
                "bad-signature",
                Stage.named("bad-signature", "1.0.0")
                        .imports(
                                "(import \""
                                        + FACE.formatted("log")
                                        + "\" \"log\" (func (param i64)))"));
        all.put("bad-no-manifest", Stage.named("none", "1.0.0").module());
        // Packing checks a manifest, so the wrong field is written over a right one of its length.
        all.put(
                "bad-manifest",
                replaced(
                        Stage.named("bad-manifest", "1.0.0")
                                .manifest("\"description\": \"many\"")
                                .plugin(),
                        "\"description\"",
                        "\"batch\"      "));
        all.put(
                "bad-no-export",
                ModulePacker.pack(
                        Wat2Wasm.parse("(module (memory (export \"memory\") 1))"),
                        Stage.named("bad-no-export", "1.0.0")
                                .manifestJson()
                                .getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] replaced(byte[] bytes, String from, String to) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
