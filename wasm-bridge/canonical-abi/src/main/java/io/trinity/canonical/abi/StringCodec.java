package io.trinity.canonical.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.trinity.canonical.abi.wit.WitType.Primitive;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** UTF-8, strict both ways. */
final class StringCodec extends SequenceCodec {

    StringCodec() {
        // A byte becomes at most one char, and a char of a string that is not all Latin-1 takes two
        // bytes.
        super(Primitive.STRING, 1, 1, 2);
    }

    @Override
    Object read(LiftCall call, int address, int count) {
        byte[] bytes = call.read(address, count);
        String text = new String(bytes, UTF_8);
        // This decoder is the fastest there is, but puts U+FFFD where the bytes are wrong: so only
        // a text that has one
        // (rightly or not) must be looked at again.
        if (text.indexOf('\uFFFD') >= 0) {
            requireUtf8(bytes, address);
        }
        return text;
    }

    private static void requireUtf8(byte[] bytes, int address) {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            UTF_8.newDecoder().decode(input);
        } catch (CharacterCodingException malformed) {
            throw AbiFault.ofGuest(
                    "string of "
                            + bytes.length
                            + " bytes at address "
                            + Integer.toUnsignedString(address)
                            + " is not UTF-8 at its byte "
                            + input.position());
        }
    }

    @Override
    Object content(Object value) {
        if (!(value instanceof String text)) {
            throw AbiFault.unfit(type, "String", value);
        }
        requireScalarValues(text);
        return text.getBytes(UTF_8);
    }

    /** {@link String#getBytes} would silently make question marks of them. */
    private static void requireScalarValues(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired =
                        i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                if (!paired) {
                    throw AbiFault.ofHost("string has an unpaired surrogate at index " + i);
                }
                i++;
            }
        }
    }

    @Override
    int count(Object content) {
        return ((byte[]) content).length;
    }

    @Override
    void write(LowerCall call, int address, Object content) {
        byte[] bytes = (byte[]) content;
        call.memory.write(address, bytes, 0, bytes.length);
    }
}
