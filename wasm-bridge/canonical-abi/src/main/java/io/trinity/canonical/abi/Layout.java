package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType;
import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;

/**
 * How values of a type lie in linear memory, and in core parameters.
 *
 * @param size bytes, a multiple of the alignment, at least 1
 * @param alignment 1, 2, 4 or 8 bytes
 * @param offsets in bytes: of each field of a record or tuple; of tag and payload of a variant,
 *     option, result or enum; of pointer and length of a string or list; of the value itself
 *     otherwise
 * @param flat the core values it takes as a parameter
 */
public record Layout(int size, int alignment, List<Integer> offsets, List<CoreType> flat) {

    public Layout {
        offsets = List.copyOf(offsets);
        flat = List.copyOf(flat);
    }

    /** Calculates it. Source: Canonical ABI, sections Alignment, Element Size and Flattening. */
    public static Layout of(WitType type) {
        if (type instanceof Primitive primitive) {
            return ofPrimitive(primitive);
        }
        if (type instanceof WitType.Product product) {
            return ofFields(product.fields().stream().map(field -> of(field.type())).toList());
        }
        if (type instanceof WitType.Sum sum) {
            return ofCases(
                    sum.cases().size(),
                    sum.cases().stream()
                            .flatMap(each -> each.payload().stream())
                            .map(Layout::of)
                            .toList());
        }
        return pointerAndLength();
    }

    private static Layout ofPrimitive(Primitive type) {
        return switch (type) {
            case BOOL, S8, U8 -> scalar(1, CoreType.I32);
            case S16, U16 -> scalar(2, CoreType.I32);
            case S32, U32, CHAR -> scalar(4, CoreType.I32);
            case S64, U64 -> scalar(8, CoreType.I64);
            case F32 -> scalar(4, CoreType.F32);
            case F64 -> scalar(8, CoreType.F64);
            case STRING -> pointerAndLength();
        };
    }

    private static Layout scalar(int size, CoreType core) {
        return new Layout(size, size, List.of(0), List.of(core));
    }

    private static Layout pointerAndLength() {
        return new Layout(8, 4, List.of(0, 4), List.of(CoreType.I32, CoreType.I32));
    }

    /** Also for parameters that are passed in memory; no fields at all are of size 0. */
    static Layout ofFields(List<Layout> fields) {
        int end = 0;
        int alignment = 1;
        List<Integer> offsets = new ArrayList<>();
        List<CoreType> flat = new ArrayList<>();
        for (Layout field : fields) {
            int offset = align(end, field.alignment);
            offsets.add(offset);
            end = Math.addExact(offset, field.size);
            alignment = Math.max(alignment, field.alignment);
            flat.addAll(field.flat);
        }
        return new Layout(align(end, alignment), alignment, offsets, flat);
    }

    private static Layout ofCases(int count, List<Layout> payloads) {
        int tagBytes = tagBytes(count);
        int payloadAlignment = 1;
        int payloadSize = 0;
        List<CoreType> joined = new ArrayList<>();
        for (Layout payload : payloads) {
            payloadAlignment = Math.max(payloadAlignment, payload.alignment);
            payloadSize = Math.max(payloadSize, payload.size);
            for (int i = 0; i < payload.flat.size(); i++) {
                if (i < joined.size()) {
                    joined.set(i, joined.get(i).join(payload.flat.get(i)));
                } else {
                    joined.add(payload.flat.get(i));
                }
            }
        }
        int payloadOffset = align(tagBytes, payloadAlignment);
        int alignment = Math.max(tagBytes, payloadAlignment);
        List<CoreType> flat = new ArrayList<>();
        flat.add(CoreType.I32);
        flat.addAll(joined);
        return new Layout(
                align(Math.addExact(payloadOffset, payloadSize), alignment),
                alignment,
                payloads.isEmpty() ? List.of(0) : List.of(0, payloadOffset),
                flat);
    }

    /** The smallest unsigned integer that can tell so many cases apart. */
    static int tagBytes(int cases) {
        if (cases <= 1 << 8) {
            return 1;
        }
        return cases <= 1 << 16 ? 2 : 4;
    }

    private static int align(int offset, int alignment) {
        return Math.addExact(offset, alignment - 1) & -alignment;
    }
}
