package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Variants, options and results: a tag and, in some cases, a payload. */
final class SumCodec extends Codec {
    private static final long HOST_BYTES = 24;

    private final WitType.Sum type;
    private final SumForm form;
    private final Tag tag;
    private final int payloadOffset;
    private final Branch[] branches;

    /** One case. */
    private static final class Branch {
        final String name;
        final @Nullable Codec payload;

        /** Which of its flat values are narrower than the place they have in the joined ones. */
        final int[] widened;

        Branch(String name, @Nullable Codec payload, int[] widened) {
            this.name = name;
            this.payload = payload;
            this.widened = widened;
        }
    }

    /**
     * @throws BindingException where the Java type is not what WIT says
     */
    static SumCodec of(WitType.Sum type, JavaType java) {
        return of(type, SumForm.of(type, java));
    }

    /** The result of a function, whose two sides have Java types of their own. */
    static SumCodec ofResult(WitType.ResultType type, JavaType ok, JavaType error) {
        return of(type, new SumForm.ResultForm(ok, error));
    }

    private static SumCodec of(WitType.Sum type, SumForm form) {
        return new SumCodec(type, Layout.of(type), form, branches(type, form));
    }

    private SumCodec(WitType.Sum type, Layout layout, SumForm form, Branch[] branches) {
        super(layout, hostBytes(branches));
        this.type = type;
        this.form = form;
        this.tag = new Tag(type);
        this.payloadOffset = layout.offsets().get(layout.offsets().size() - 1);
        this.branches = branches;
    }

    private static Branch[] branches(WitType.Sum type, SumForm form) {
        List<CoreType> joined = Layout.of(type).flat();
        List<WitType.Case> cases = type.cases();
        Branch[] branches = new Branch[cases.size()];
        for (int i = 0; i < branches.length; i++) {
            WitType payload = cases.get(i).payload().orElse(null);
            branches[i] =
                    payload == null
                            ? new Branch(cases.get(i).name(), null, new int[0])
                            : new Branch(
                                    cases.get(i).name(),
                                    Codec.of(payload, form.payloadType(i)),
                                    widened(joined, Layout.of(payload).flat()));
        }
        return branches;
    }

    private static int[] widened(List<CoreType> joined, List<CoreType> own) {
        return IntStream.range(0, own.size())
                .filter(i -> own.get(i).isNarrow() && !joined.get(i + 1).isNarrow())
                .map(i -> i + 1)
                .toArray();
    }

    private static long hostBytes(Branch[] branches) {
        long largest = 0;
        for (Branch branch : branches) {
            Codec payload = branch.payload;
            largest = Math.max(largest, payload == null ? 0 : payload.hostBytes);
        }
        return HOST_BYTES + largest;
    }

    @Override
    Object load(LiftCall call, int address) {
        int number = tag.load(call, address);
        Branch branch = branches[number];
        Codec payload = branch.payload;
        if (payload == null) {
            return form.value(number, null);
        }
        try {
            return form.value(number, payload.load(call, address + payloadOffset));
        } catch (AbiFault fault) {
            throw fault.inField(branch.name);
        }
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        int number = tag.lift((int) core[at]);
        Branch branch = branches[number];
        Codec payload = branch.payload;
        if (payload == null) {
            return form.value(number, null);
        }
        try {
            // Whatever the joined type is, the value's own bits are the low ones.
            return form.value(number, payload.liftFlat(call, core, at + 1));
        } catch (AbiFault fault) {
            throw fault.inField(branch.name);
        }
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        int number = tagOf(value);
        Branch branch = branches[number];
        tag.store(call, address, number);
        try {
            Object content = payloadOf(branch, value);
            Codec payload = branch.payload;
            if (payload != null && content != null) {
                payload.store(call, address + payloadOffset, content);
            }
        } catch (AbiFault fault) {
            throw fault.inField(branch.name);
        }
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        int number = tagOf(value);
        Branch branch = branches[number];
        core[at] = number;
        try {
            Object content = payloadOf(branch, value);
            Codec payload = branch.payload;
            if (payload != null && content != null) {
                payload.lowerFlat(call, core, at + 1, content);
            }
        } catch (AbiFault fault) {
            throw fault.inField(branch.name);
        }
        for (int i : branch.widened) {
            core[at + i] = core[at + i] & 0xFFFF_FFFFL;
        }
    }

    private int tagOf(Object value) {
        if (!form.fits(value)) {
            throw AbiFault.unfit(type, form.javaType(), value);
        }
        return tag.lower(form.tag(value));
    }

    private @Nullable Object payloadOf(Branch branch, Object value) {
        Object content = form.payload(value);
        if ((content == null) != (branch.payload == null)) {
            throw AbiFault.ofHost(
                    content == null ? "null" : "the case has no payload, but one is given");
        }
        return content;
    }
}
