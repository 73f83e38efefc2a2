package io.trinity.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.trinity.canonical.abi.ExportCodec;
import io.trinity.canonical.abi.GuestAbiException;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.LiftBudget;
import io.trinity.canonical.abi.Plain;
import io.trinity.canonical.abi.TestGuest;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Any memory, and any pointers into it, as what a guest hands over: a value, or a refusal; within
 * the budget; and a value is handed on and comes back as it was.
 *
 * <p>An input is a byte that chooses the function, one for the budget, eight for each of the core
 * arguments, and then the memory.
 */
class LiftFuzzTest {
    /** Each form that the contract has, and those that it does not have yet. */
    private static final String WIT =
            """
            package t:t;
            interface test {
              record pair { name: string, value: string }
              record chunk { payload: list<u8>, content-type: string, attributes: list<pair>, sequence: u64, last: bool }
              variant shape { none, one(u8), many(list<u64>), deep(list<list<string>>) }
              enum colour { red, green, blue }
              chunks: func(chunks: list<chunk>) -> result<list<chunk>, string>;
              text: func(text: string) -> string;
              texts: func(texts: list<string>, more: option<string>) -> list<string>;
              numbers: func(a: list<f64>, b: list<f32>, c: list<s8>, d: list<u16>) -> list<f64>;
              shapes: func(shapes: list<shape>, c: colour, k: char) -> shape;
              nested: func(nested: list<list<list<u8>>>) -> option<list<option<colour>>>;
              tuples: func(t: tuple<bool, char, s64, option<tuple<u8, string>>>) -> result<tuple<f32, f64>, colour>;
              bools: func(a: list<bool>, deep: option<option<option<string>>>) -> list<bool>;
              wide: func(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64, g: u64, h: u64, i: string, j: string, k: string, l: string, m: bool) -> result<_, list<pair>>;
              results: func(r: result<result<string, u8>, option<char>>) -> result;
            }
            """;

    private static final int LEAST_BUDGET = 1 << 10;
    private static final int BUDGET_SIZES = 11;

    /** Times the budget: objects are estimated, and messages and traces are in none. */
    private static final long BUDGETS = 16;

    private static final long BASE_BYTES = 256 << 10;

    private static final List<WitFunction> ALL =
            List.of(
                            "chunks", "text", "texts", "numbers", "shapes", "nested", "tuples",
                            "bools", "wide", "results")
                    .stream()
                    .map(
                            name ->
                                    WitPackage.parse(WIT)
                                            .findInterface("test")
                                            .orElseThrow()
                                            .function(name)
                                            .orElseThrow())
                    .toList();

    /** For each function, those of each budget. */
    private static final List<List<Codecs>> CODECS =
            ALL.stream()
                    .map(
                            f ->
                                    IntStream.range(0, BUDGET_SIZES)
                                            .mapToObj(i -> new LiftBudget((long) LEAST_BUDGET << i))
                                            .map(
                                                    b ->
                                                            new Codecs(
                                                                    b,
                                                                    ImportCodec.of(f, b),
                                                                    ExportCodec.of(f, b)))
                                            .toList())
                    .toList();

    private record Codecs(LiftBudget budget, ImportCodec imported, ExportCodec exported) {}

    @FuzzTest(maxDuration = "8h")
    void whatAGuestHandsOverIsAValueOrRefused(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Codecs codecs =
                CODECS.get((input[0] & 0xFF) % CODECS.size()).get((input[1] & 0xFF) % BUDGET_SIZES);
        ImportCodec imported = codecs.imported;
        ExportCodec exported = codecs.exported;
        ByteBuffer in = ByteBuffer.wrap(input, 2, input.length - 2).order(ByteOrder.LITTLE_ENDIAN);
        long[] core =
                IntStream.range(0, imported.signature().params().size())
                        .mapToLong(i -> in.remaining() >= 8 ? in.getLong() : 0)
                        .toArray();
        long result = core.length == 0 ? 0 : core[0];
        byte[] content = new byte[in.remaining()];
        in.get(content);
        long most = BASE_BYTES + BUDGETS * codecs.budget.bytes();
        try {
            Object[] arguments =
                    Allocated.within(
                            most, () -> imported.liftArguments(new TestGuest(content), core));
            handOn(imported, exported, arguments);
        } catch (GuestAbiException refused) {
            assertTold(refused);
        }
        try {
            Allocated.within(
                    most, () -> exported.liftResult(new TestGuest(content), result) == null);
        } catch (GuestAbiException refused) {
            assertTold(refused);
        }
    }

    /** To another guest, which hands it back. */
    private static void handOn(ImportCodec imported, ExportCodec exported, Object[] arguments) {
        TestGuest other = new TestGuest(new byte[16]);
        long[] lowered = exported.lowerArguments(other, other, arguments);
        if (lowered.length == imported.signature().params().size()) {
            assertEquals(Plain.of(arguments), Plain.of(imported.liftArguments(other, lowered)));
        }
    }

    private static void assertTold(GuestAbiException refused) {
        assertTrue(
                refused.getMessage().startsWith("test.") && refused.getMessage().length() < 1_000,
                refused.getMessage());
    }
}
