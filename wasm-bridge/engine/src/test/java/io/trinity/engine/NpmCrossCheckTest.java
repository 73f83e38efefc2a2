package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.GuestCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sampled work for the modules out of npm, interpreted by Chicory and run by us, compared as in
 * {@link CrossCheckTest}.
 */
@Timeout(7_200)
class NpmCrossCheckTest {
    /** Each case on instances of its own. */
    private static void sampled(NpmModule module, int least, Sample work) {
        PlainSide.Code plain = PlainSide.Code.interpreted(module.bytes(), 0);
        Fuzz fuzz = new Fuzz(0);
        int finished = 0;
        while (fuzz.goesOn(least)) {
            SideBySide both = new SideBySide(plain, module.code(), module::host);
            finished += work.isDone(both, fuzz.random()) ? 1 : 0;
            both.agree(fuzz.toString());
        }
        assertTrue(finished > 0, "all of them failed");
    }

    @FunctionalInterface
    private interface Sample {
        boolean isDone(SideBySide both, Random random);
    }

    private static byte[] spoilt(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        return bytes;
    }

    @Test
    void mappings() {
        String all = NpmModule.text("yoga-layout.mappings");
        sampled(
                NpmModule.SOURCE_MAP,
                20,
                (both, random) -> {
                    int length = 100 + random.nextInt(400);
                    byte[] mappings = spoilt(all.substring(0, length), random);
                    int buffer = (int) both.call("allocate_mappings", mappings.length);
                    both.write(buffer, mappings);
                    long map = both.call("parse_mappings", buffer);
                    both.call("get_last_error");
                    if (map != 0) {
                        both.call("by_generated_location", map);
                        both.call(
                                "original_location_for",
                                map,
                                random.nextInt(4),
                                random.nextInt(40),
                                1 + random.nextInt(2));
                    }
                    return map != 0;
                });
    }

    @Test
    void answersOfServers() {
        String answer =
                "HTTP/1.1 200 OK\r\n"
                        + "Content-Length: 12\r\n"
                        + "Connection: keep-alive\r\n"
                        + "X: y\r\n\r\n"
                        + "hello, worldHTTP/1.0 404 Not Found\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "3\r\n"
                        + "abc\r\n"
                        + "0\r\n\r\n";
        sampled(
                NpmModule.LLHTTP,
                40,
                (both, random) -> {
                    long parser = both.call("llhttp_alloc", random.nextInt(8) == 0 ? 0 : 2);
                    byte[] bytes = spoilt(answer, random);
                    int buffer = (int) both.call("malloc", bytes.length);
                    both.write(buffer, bytes);
                    int half = random.nextInt(bytes.length);
                    long first = both.call("llhttp_execute", parser, buffer, half);
                    both.call("llhttp_execute", parser, buffer + half, bytes.length - half);
                    both.call("llhttp_get_errno", parser);
                    return first == 0;
                });
    }

    @Test
    void passwords() {
        sampled(
                NpmModule.ARGON2,
                2,
                (both, random) -> {
                    byte[] bytes = new byte[64];
                    random.nextBytes(bytes);
                    both.call("d");
                    int at = (int) both.call("f", 512);
                    both.write(at, bytes);
                    return 0
                            == both.call(
                                    "l",
                                    1,
                                    8,
                                    1,
                                    at,
                                    random.nextInt(40),
                                    at + 40,
                                    8,
                                    at + 64,
                                    24,
                                    at + 128,
                                    200,
                                    random.nextInt(3),
                                    0,
                                    0,
                                    0,
                                    0,
                                    0x13);
                });
    }

    @Test
    void layouts() {
        byte[] module = TableExports.added(NpmModule.YOGA.bytes());
        PlainSide.Code plain = PlainSide.Code.interpreted(module, 0);
        GuestCode code = NpmModule.load(module);
        Fuzz fuzz = new Fuzz(0);
        while (fuzz.goesOn(8)) {
            // Nobody frees the nodes: in one instance for all they would fill its memory.
            SideBySide both = new SideBySide(plain, code, NpmModule.YOGA::host);
            Yoga yoga = new Yoga(both);
            Random random = fuzz.random();
            long root = tree(yoga, random, 2);
            yoga.call(
                    "calculateLayout",
                    root,
                    Yoga.bits(random.nextInt(400)),
                    Yoga.bits(random.nextInt(3) == 0 ? Double.NaN : random.nextInt(300)),
                    1 + random.nextInt(2));
            yoga.of(root);
            both.agree(fuzz.toString());
        }
    }

    private static long tree(Yoga yoga, Random random, int depth) {
        long node = yoga.call("createDefault");
        yoga.call("setFlexDirection", node, random.nextInt(4));
        yoga.call("setJustifyContent", node, random.nextInt(6));
        yoga.call("setAlignItems", node, random.nextInt(8));
        yoga.call("setFlexWrap", node, random.nextInt(3));
        yoga.call("setFlexGrow", node, Yoga.bits(random.nextInt(3)));
        yoga.call("setMargin", node, random.nextInt(9), Yoga.bits(random.nextInt(80) / 8.0 - 2));
        yoga.call("setPadding", node, random.nextInt(9), Yoga.bits(random.nextInt(40) / 8.0));
        if (random.nextBoolean()) {
            yoga.call("setWidth", node, Yoga.bits(random.nextInt(100)));
        } else {
            yoga.call("setHeightPercent", node, Yoga.bits(random.nextInt(100)));
        }
        for (int i = depth == 0 ? 0 : random.nextInt(4); i > 0; i--) {
            yoga.call("insertChild", node, tree(yoga, random, depth - 1), 0);
        }
        return node;
    }

    @Test
    void queries() {
        PlainSide.Code plain = PlainSide.Code.interpreted(NpmModule.SQL_JS.bytes(), 0);
        SideBySide both = new SideBySide(plain, NpmModule.SQL_JS.code(), NpmModule.SQL_JS::host);
        SqlJs db = new SqlJs(both);
        db.run(
                "CREATE TABLE t(a, b TEXT, c REAL); INSERT INTO t VALUES (1, 'one', 0.5), (-7,"
                        + " 'seven', 1e30), (null, '', -2.25)");
        Fuzz fuzz = new Fuzz(0);
        while (fuzz.goesOn(6)) {
            Random random = fuzz.random();
            db.rows(
                    "SELECT %s, %s FROM t WHERE %s ORDER BY %s"
                            .formatted(
                                    expression(random, 3),
                                    expression(random, 3),
                                    expression(random, 2),
                                    expression(random, 2)));
        }
        both.agree(fuzz.toString());
    }

    private static String expression(Random random, int depth) {
        if (depth == 0) {
            return RandomCode.oneOf(
                    random,
                    List.of(
                            "a",
                            "b",
                            "c",
                            "1",
                            "-9223372036854775807",
                            "0.1",
                            "'12ab'",
                            "null",
                            "x'00ff'"));
        }
        String form =
                RandomCode.oneOf(
                        random,
                        List.of(
                                "(%s + %s)",
                                "(%s / %s)",
                                "(%s || %s)",
                                "(%s %% %s)",
                                "(%s < %s)",
                                "(%s AND %s)",
                                "(%s IS NOT %s)",
                                "coalesce(%s, %s)",
                                "substr(%s, %s)",
                                "round(%s, %s)",
                                "printf('%%.5g|%%s', %s, %s)",
                                "(CASE WHEN %s THEN %s END)",
                                "max(%s, %s)",
                                "instr(%s, %s)",
                                "(hex(%s) || %s)",
                                "(CAST(%s AS INTEGER) << %s)",
                                "(%s LIKE %s)"));
        return form.formatted(expression(random, depth - 1), expression(random, depth - 1));
    }
}
