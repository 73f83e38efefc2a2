package io.trinity.canonical.abi;

import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.lang.invoke.MethodType;

/** Bool, integers, floats and char: one core value each, by way of its bits. */
final class ScalarCodec extends Codec {
    /** A boxed long or double. */
    private static final long HOST_BYTES = 24;

    private final Primitive type;

    ScalarCodec(Primitive type, JavaType java) {
        super(Layout.of(type), HOST_BYTES);
        this.type = type;
        MethodType expected = MethodType.methodType(javaClass(type));
        boolean fits = java.is(expected.returnType()) || java.is(expected.wrap().returnType());
        if (!java.isAny() && !fits) {
            throw java.differs(type, expected.returnType().getSimpleName());
        }
    }

    /** As the package's table has it. */
    private static Class<?> javaClass(Primitive type) {
        return switch (type) {
            case BOOL -> boolean.class;
            case S8, U8, S16, U16, S32, CHAR -> int.class;
            case U32, S64, U64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case STRING -> String.class;
        };
    }

    @Override
    Object load(LiftCall call, int address) {
        return lift(
                switch (size) {
                    case 1 -> call.memory.getByte(address);
                    case 2 -> call.memory.getShort(address);
                    case 4 -> call.memory.getInt(address);
                    default -> call.memory.getLong(address);
                });
    }

    @Override
    void store(LowerCall call, int address, Object value) {
        long bits = lower(value);
        switch (size) {
            case 1 -> call.memory.putByte(address, (byte) bits);
            case 2 -> call.memory.putShort(address, (short) bits);
            case 4 -> call.memory.putInt(address, (int) bits);
            default -> call.memory.putLong(address, bits);
        }
    }

    @Override
    Object liftFlat(LiftCall call, long[] core, int at) {
        return lift(core[at]);
    }

    @Override
    void lowerFlat(LowerCall call, long[] core, int at, Object value) {
        core[at] = lower(value);
    }

    private Object lift(long bits) {
        return switch (type) {
            // A core bool has 32 bits, one in memory 8, which came here sign-extended: neither
            // loses a bit.
            case BOOL -> (int) bits != 0;
            case S8 -> (int) (byte) bits;
            case U8 -> (int) bits & 0xFF;
            case S16 -> (int) (short) bits;
            case U16 -> (int) bits & 0xFFFF;
            case S32 -> (int) bits;
            case U32 -> bits & 0xFFFF_FFFFL;
            case S64, U64 -> bits;
            case F32 -> Floats.canonical(Float.intBitsToFloat((int) bits));
            case F64 -> Floats.canonical(Double.longBitsToDouble(bits));
            case CHAR -> scalarValue((int) bits);
            case STRING -> throw new IllegalStateException("a string is no scalar");
        };
    }

    private static Integer scalarValue(int bits) {
        if (!isScalarValue(bits)) {
            throw AbiFault.ofGuest(
                    "char " + Integer.toUnsignedString(bits) + " is no Unicode scalar value");
        }
        return bits;
    }

    private static boolean isScalarValue(int codePoint) {
        return Character.isValidCodePoint(codePoint) && (codePoint < 0xD800 || codePoint > 0xDFFF);
    }

    private long lower(Object value) {
        return switch (type) {
            case BOOL -> as(Boolean.class, value) ? 1 : 0;
            case S8 -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case U8 -> integer(value, 0, 0xFF);
            case S16 -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case U16 -> integer(value, 0, 0xFFFF);
            case S32 -> as(Integer.class, value);
            case U32 -> (int) unsigned(as(Long.class, value));
            case S64, U64 -> as(Long.class, value);
            case F32 -> Float.floatToIntBits(as(Float.class, value));
            case F64 -> Double.doubleToLongBits(as(Double.class, value));
            case CHAR -> codePoint(as(Integer.class, value));
            case STRING -> throw new IllegalStateException("a string is no scalar");
        };
    }

    private <T> T as(Class<T> javaType, Object value) {
        if (!javaType.isInstance(value)) {
            throw AbiFault.unfit(type, javaType.getSimpleName(), value);
        }
        return javaType.cast(value);
    }

    private int integer(Object value, int least, int greatest) {
        int number = as(Integer.class, value);
        if (number < least || number > greatest) {
            throw AbiFault.ofHost(type + " takes " + least + " to " + greatest + ", not " + number);
        }
        return number;
    }

    private static long unsigned(long number) {
        if (number >>> 32 != 0) {
            throw AbiFault.ofHost("u32 takes 0 to 4294967295, not " + number);
        }
        return number;
    }

    private static int codePoint(int number) {
        if (!isScalarValue(number)) {
            throw AbiFault.ofHost("char takes a Unicode scalar value, not " + number);
        }
        return number;
    }
}
