package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitType;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Records, tuples, and the parameters of a function, which are a tuple too. */
final class ProductCodec extends Codec {
    private static final long HEADER_BYTES = 16;
    private static final long REFERENCE_BYTES = 8;

    private final Object type;
    private final ProductForm form;
    private final String[] names;
    private final Codec[] fields;
    private final int[] offsets;
    private final int[] flatOffsets;

    private ProductCodec(
            Object type, Layout layout, ProductForm form, List<String> names, List<Codec> fields) {
        super(layout, hostBytes(fields));
        this.type = type;
        this.form = form;
        this.names = names.toArray(String[]::new);
        this.fields = fields.toArray(Codec[]::new);
        this.offsets = layout.offsets().stream().mapToInt(Integer::intValue).toArray();
        this.flatOffsets = new int[this.fields.length];
        for (int i = 1; i < flatOffsets.length; i++) {
            flatOffsets[i] = flatOffsets[i - 1] + this.fields[i - 1].flatCount;
        }
    }

    private static long hostBytes(List<Codec> fields) {
        return HEADER_BYTES
                + fields.stream().mapToLong(field -> REFERENCE_BYTES + field.hostBytes).sum();
    }

    static ProductCodec of(WitType.Product type, JavaType java) {
        ProductForm form = ProductForm.of(type, java);
        List<WitType.Field> fields = type.fields();
        return new ProductCodec(
                type,
                Layout.of(type),
                form,
                fields.stream().map(WitType.Field::name).toList(),
                IntStream.range(0, fields.size())
                        .mapToObj(i -> Codec.of(fields.get(i).type(), form.field(i)))
                        .toList());
    }

    /**
     * @param java of each parameter
     */
    static ProductCodec ofParameters(List<WitFunction.Parameter> parameters, List<JavaType> java) {
        return new ProductCodec(
                "the function",
                Layout.ofFields(
                        parameters.stream().map(parameter -> Layout.of(parameter.type())).toList()),
                ProductForm.ARRAY,
                parameters.stream().map(WitFunction.Parameter::name).toList(),
                IntStream.range(0, parameters.size())
                        .mapToObj(i -> Codec.of(parameters.get(i).type(), java.get(i)))
                        .toList());
    }

    @Override
    Object load(LiftCall call, int address) {
        return form.value(loadFields(call, address));
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        return form.value(liftFields(call, core, at));
    }

    Object[] loadFields(LiftCall call, int address) {
        Object[] values = new Object[fields.length];
        int i = 0;
        try {
            for (; i < fields.length; i++) {
                values[i] = fields[i].load(call, address + offsets[i]);
            }
        } catch (AbiFault fault) {
            throw fault.inField(names[i]);
        }
        return values;
    }

    Object[] liftFields(LiftCall call, long[] core, int at) {
        Object[] values = new Object[fields.length];
        int i = 0;
        try {
            for (; i < fields.length; i++) {
                values[i] = fields[i].liftFlat(call, core, at + flatOffsets[i]);
            }
        } catch (AbiFault fault) {
            throw fault.inField(names[i]);
        }
        return values;
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        @Nullable Object[] values = values(value);
        int i = 0;
        try {
            for (; i < fields.length; i++) {
                fields[i].store(call, address + offsets[i], nonNull(values[i]));
            }
        } catch (AbiFault fault) {
            throw fault.inField(names[i]);
        }
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        @Nullable Object[] values = values(value);
        int i = 0;
        try {
            for (; i < fields.length; i++) {
                fields[i].lowerFlat(call, core, at + flatOffsets[i], nonNull(values[i]));
            }
        } catch (AbiFault fault) {
            throw fault.inField(names[i]);
        }
    }

    private @Nullable Object[] values(Object value) {
        @Nullable Object[] values = form.fields(type, value);
        if (values.length != fields.length) {
            throw AbiFault.ofHost(
                    type + " takes " + fields.length + " values, not " + values.length);
        }
        return values;
    }

    private static Object nonNull(@Nullable Object value) {
        if (value == null) {
            throw AbiFault.ofHost("null");
        }
        return value;
    }
}
