package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.contract.Contract;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.stream.Vector;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.canonical.abi.VariantValue;
import io.trinity.vsa.VectorSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BorrowedVectorsTest {
    private final VectorSpace space = new VectorSpace(100);
    private final MemoryLedger ledger = new MemoryLedger(() -> 10_000, Totals.plenty());
    private final VectorHandles handles = new VectorHandles(FakeGuest.WHO, space, ledger);
    private final Vector vector = new Vector(space.random(1).toTrits());

    @Test
    void vectorsWhereverTheyAreBecomeHandlesAndTheArgumentsStayAsTheyWere() {
        Object[] record = {"key", vector};
        Object[] arguments = {
            "a", List.of(record, record), new VariantValue(2, vector), Optional.of(vector), vector
        };
        Object[] lent = BorrowedVectors.lend(arguments, handles);
        assertSame(vector, record[1]);
        Set<Object> seen = new HashSet<>();
        seen.add(((Object[]) ((List<?>) lent[1]).get(0))[1]);
        seen.add(((Object[]) ((List<?>) lent[1]).get(1))[1]);
        seen.add(((VariantValue) lent[2]).payload());
        seen.add(((Optional<?>) lent[3]).orElseThrow());
        seen.add(lent[4]);
        assertEquals(5, seen.size());
        for (Object handle : seen) {
            assertArrayEquals(vector.trits(), handles.get((Long) handle).toTrits());
        }
        handles.endLoans();
        assertEquals(0, ledger.heldBytes());
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.get((Long) lent[4]));
    }

    @Test
    void argumentsWithoutVectorsAreNotCopied() {
        Object[] arguments = {"a", List.of(new Object[] {1L}), Optional.empty()};
        assertSame(arguments, BorrowedVectors.lend(arguments, handles));
    }

    @Test
    void aPluginThatMayNotUseVectorsIsLentZero() {
        VectorHandles denied = new VectorHandles(FakeGuest.WHO, space, ledger, () -> false);
        assertEquals(0L, BorrowedVectors.lend(new Object[] {vector}, denied)[0]);
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void moreThanTheMemoryHoldsIsRefused() {
        Object[] many = new Object[1000];
        java.util.Arrays.fill(many, vector);
        assertFault(ErrorCode.LIMIT_MEMORY, () -> BorrowedVectors.lend(many, handles));
        handles.close();
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void whatIsGivenIsTakenOverOnce() {
        long own = handles.hold(space.random(2));
        ResultValue given =
                (ResultValue)
                        assertNotNullValue(
                                BorrowedVectors.take(ResultValue.ok(List.of(own)), handles));
        assertEquals(List.of(new Vector(space.random(2).toTrits())), given.value());
        assertEquals(0, ledger.heldBytes());
        assertFault(
                ErrorCode.GUEST_TRAP,
                () -> BorrowedVectors.take(ResultValue.ok(List.of(own)), handles),
                "does not hold");
        ResultValue refusal = ResultValue.error("no");
        assertSame(refusal, BorrowedVectors.take(refusal, handles));
    }

    private static Object assertNotNullValue(Object value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void whatIsLentCannotBeReleasedOrGivenAway() {
        long lent = handles.lend(vector);
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.release(lent), "lent");
        assertFault(ErrorCode.GUEST_TRAP, () -> handles.take(lent), "lent");
        handles.endLoans();
        assertEquals(0, ledger.heldBytes());
    }

    @Test
    void theExportsThatGiveVectorsAreThoseOfTheContract() {
        Matcher exports =
                Pattern.compile("export ([a-z]+): func\\([^)]*\\)( -> [^;]*)?;")
                        .matcher(Contract.wit());
        Set<String> giving = new HashSet<>();
        int seen = 0;
        while (exports.find()) {
            seen++;
            if (exports.group(2) != null && exports.group(2).contains("vector")) {
                giving.add(exports.group(1));
            }
        }
        assertTrue(seen > 15, seen + " exports");
        assertEquals(BoundExport.GIVING, giving);
        assertFalse(giving.isEmpty());
    }
}
