package io.trinity.canonical.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class RoundTripTest {

    @Provide
    Arbitrary<RandomWit.Call> calls() {
        return Arbitraries.randomValue(random -> new RandomWit(random).call());
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void loweredArgumentsAreLiftedAsTheyWere(@ForAll("calls") RandomWit.Call call) {
        TestGuest guest = new TestGuest(16);
        ExportCodec export = ExportCodec.of(call.function());
        ImportCodec imported = ImportCodec.of(call.function());

        long[] core = export.lowerArguments(guest, guest, call.arguments().toArray());
        assertEquals(export.signature().params().size(), core.length);
        long[] callCore = withArea(guest, imported.signature(), core);
        disturbHighHalves(imported.signature().params(), callCore);

        Object[] lifted = imported.liftArguments(guest, callCore);
        assertEquals(Plain.of(call.arguments().toArray()), Plain.of(lifted));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void aLoweredResultIsLiftedAsItWas(@ForAll("calls") RandomWit.Call call) {
        TestGuest guest = new TestGuest(16);
        ImportCodec imported = ImportCodec.of(call.function());
        CoreSignature signature = imported.signature();
        long[] core =
                withArea(
                        guest,
                        signature,
                        new long[signature.params().size() - (signature.hasReturnArea() ? 1 : 0)]);

        long returned = imported.lowerResult(guest, guest, core, call.result());

        long fromExport = signature.hasReturnArea() ? core[core.length - 1] : returned;
        Object lifted = ExportCodec.of(call.function()).liftResult(guest, fromExport);
        assertEquals(Plain.of(call.result()), Plain.of(lifted));
    }

    private static long[] withArea(TestGuest guest, CoreSignature signature, long[] core) {
        if (!signature.hasReturnArea()) {
            return core;
        }
        long[] extended = Arrays.copyOf(core, core.length + 1);
        extended[core.length] = guest.area(signature.returnAreaSize(), signature.returnAreaAlign());
        return extended;
    }

    /** An i32 in a long may come zero- or sign-extended or worse. */
    private static void disturbHighHalves(List<CoreType> types, long[] core) {
        for (int i = 0; i < core.length; i++) {
            if (types.get(i).isNarrow()) {
                core[i] ^= 0xA5A5_A5A5_0000_0000L;
            }
        }
    }
}
