package io.trinity.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.GuestCode;
import io.trinity.engine.Side.Host;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real modules through their own interfaces: admitted, compiled and metered they answer as they do
 * where plain Chicory runs them, leave the same memory, and cost the same fuel each time.
 */
@Timeout(120)
class NpmModulesTest {
    private static final int LARGE = 200_000;

    private static void sameTwice(NpmModule module, Consumer<SideBySide> work) {
        sameTwice(module.bytes(), module.code(), module::host, work);
    }

    private static void sameTwice(
            byte[] module, GuestCode code, Supplier<Host> host, Consumer<SideBySide> work) {
        // Two compilations of the largest would take longer than all the rest.
        PlainSide.Code plain =
                module.length > LARGE
                        ? PlainSide.Code.interpreted(module, 0)
                        : PlainSide.Code.compiled(module);
        List<Long> fuel = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SideBySide both = new SideBySide(plain, code, host);
            work.accept(both);
            both.agree("at the end");
            fuel.add(both.fuel());
        }
        assertTrue(fuel.get(0) > 1_000, fuel::toString);
        assertEquals(fuel.get(0), fuel.get(1));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** As source-map's own lib/source-map-consumer.js does it. */
    @Test
    void sourceMapFindsWhereEachPieceOfAScriptCameFrom() {
        byte[] mappings = ascii(NpmModule.text("yoga-layout.mappings"));
        sameTwice(
                NpmModule.SOURCE_MAP,
                both -> {
                    int buffer = (int) both.call("allocate_mappings", mappings.length);
                    both.write(buffer, mappings);
                    long map = both.call("parse_mappings", buffer);
                    assertEquals(0, both.call("get_last_error"));
                    both.agree("parsed");
                    both.call("compute_column_spans", map);
                    both.call("by_generated_location", map);
                    assertEquals(806, both.hostCalls().size());
                    both.call("by_original_location", map);
                    both.call("original_location_for", map, 12, 7, 1);
                    both.call("generated_location_for", map, 0, 262, 4, 2);
                    both.call("free_mappings", map);
                });
    }

    /** As sql.js' own api does it; the letters are its linker's. */
    @Test
    void sqlJsAnswersQueries() {
        sameTwice(
                NpmModule.SQL_JS,
                both -> {
                    SqlJs db = new SqlJs(both);
                    db.run(
                            "CREATE TABLE reading(id INTEGER PRIMARY KEY, place TEXT, value REAL);"
                                + " CREATE INDEX by_place ON reading(place, value); WITH RECURSIVE"
                                + " n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)"
                                + " INSERT INTO reading SELECT i, 'place ' || (i % 7), i * 1.25 / 3"
                                + " FROM n; DELETE FROM reading WHERE id % 5 = 0;");
                    both.agree("filled");
                    assertEquals(
                            List.of(
                                    "place 0|46|3858.75",
                                    "place 1|46|3807.92",
                                    "place 2|46|3762.92"),
                            db.rows(
                                    "SELECT place, count(*), round(sum(value), 2) FROM reading"
                                            + " GROUP BY place ORDER BY place LIMIT 3"));
                    assertEquals(
                            List.of("PLACE 0|166.25", "PLACE 6|165.833333333333"),
                            db.rows(
                                    "SELECT upper(a.place), max(a.value, b.value) FROM reading a"
                                        + " JOIN reading b ON b.id = a.id - 1 WHERE a.place LIKE"
                                        + " '%e _' ORDER BY a.id DESC LIMIT 2"));
                    db.run("BEGIN; UPDATE reading SET value = -value; ROLLBACK; VACUUM");
                    assertEquals(List.of("ok"), db.rows("PRAGMA integrity_check"));
                });
    }

    @Test
    void yogaIsAdmittedAsItIs() {
        sameTwice(NpmModule.YOGA, both -> both.call("F"));
    }

    /**
     * As the script around it does it: by invokers in the table, which it tells of at the start.
     */
    @Test
    void yogaLaysOutARow() {
        byte[] module = TableExports.added(NpmModule.YOGA.bytes());
        sameTwice(
                module,
                NpmModule.load(module),
                NpmModule.YOGA::host,
                both -> {
                    Yoga yoga = new Yoga(both);
                    long root = yoga.call("createDefault");
                    yoga.call("setFlexDirection", root, 2);
                    yoga.call("setWidth", root, Yoga.bits(320));
                    yoga.call("setHeight", root, Yoga.bits(100));
                    yoga.call("setPadding", root, 8, Yoga.bits(10));
                    long[] children = new long[3];
                    for (int i = 0; i < children.length; i++) {
                        children[i] = yoga.call("createDefault");
                        yoga.call("setFlexGrow", children[i], Yoga.bits(i + 1));
                        yoga.call("setHeightPercent", children[i], Yoga.bits(50));
                        yoga.call("insertChild", root, children[i], i);
                    }
                    yoga.call(
                            "calculateLayout",
                            root,
                            Yoga.bits(Double.NaN),
                            Yoga.bits(Double.NaN),
                            1);
                    both.agree("laid out");
                    // Left, right, top, bottom, width, height: a sixth of 300 for each unit.
                    assertEquals(List.of(10.0, 0.0, 10.0, 0.0, 50.0, 40.0), yoga.of(children[0]));
                    assertEquals(List.of(60.0, 0.0, 10.0, 0.0, 100.0, 40.0), yoga.of(children[1]));
                    assertEquals(List.of(160.0, 0.0, 10.0, 0.0, 150.0, 40.0), yoga.of(children[2]));
                });
    }

    /** As undici's lib/dispatcher/client-h1.js does it. */
    @Test
    void llhttpReadsAnAnswerInPieces() {
        String answer =
                "HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nTransfer-Encoding:"
                        + " chunked\r\nX-Nothing:\r\n\r\n1a;x=y\r\nabcdefghijklmnopqrstuvwxyz\r\n5"
                        + "\r\nhello\r\n0\r\nTrailer: yes\r\n\r\n";
        sameTwice(
                NpmModule.LLHTTP,
                both -> {
                    long parser = both.call("llhttp_alloc", 2);
                    int buffer = (int) both.call("malloc", 4_096);
                    both.write(buffer, ascii(answer));
                    for (int at = 0; at < answer.length(); at += 7) {
                        int length = Math.min(7, answer.length() - at);
                        assertEquals(0, both.call("llhttp_execute", parser, buffer + at, length));
                    }
                    assertEquals(206, both.call("llhttp_get_status_code", parser));
                    List<String> body =
                            both.hostCalls().stream()
                                    .filter(c -> c.startsWith("wasm_on_body"))
                                    .toList();
                    assertTrue(body.size() > 4, both.hostCalls()::toString);
                    assertEquals("GET", both.text(both.call("llhttp_method_name", 1)));
                    both.write(buffer, ascii("HTTP/1.1 2x0 no\r\n\r\n"));
                    assertEquals(13, both.call("llhttp_execute", parser, buffer, 19));
                    both.call("llhttp_free", parser);
                });
    }

    /** RFC 9106 §5.3. */
    @Test
    void argon2ComputesTheTagOfItsSpecification() {
        sameTwice(
                NpmModule.ARGON2,
                both -> {
                    both.call("d");
                    int password = filled(both, 32, 1);
                    int salt = filled(both, 16, 2);
                    int secret = filled(both, 8, 3);
                    int data = filled(both, 12, 4);
                    int tag = filled(both, 32, 0);
                    int text = filled(both, 200, 0);
                    assertEquals(
                            0,
                            both.call(
                                    "l", 3, 32, 4, password, 32, salt, 16, tag, 32, text, 200, 2,
                                    secret, 8, data, 12, 0x13));
                    assertArrayEquals(
                            HexFormat.of()
                                    .parseHex(
                                            "0d640df58d78766c08c037a34a8b53c9"
                                                    + "d01ef0452d75b65eb52520e96b01e659"),
                            both.read(tag, 32));
                    both.agree("hashed");
                    String encoded = both.text(text);
                    assertTrue(encoded.startsWith("$argon2id$v=19$m=32,t=3,p=4$"), encoded);
                    assertEquals(0, both.call("m", text, password, 32, secret, 8, data, 12, 2));
                    assertEquals(-35, both.call("m", text, password, 31, secret, 8, data, 12, 2));
                });
    }

    private static int filled(SideBySide both, int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        int at = (int) both.call("f", size);
        both.write(at, bytes);
        return at;
    }
}
