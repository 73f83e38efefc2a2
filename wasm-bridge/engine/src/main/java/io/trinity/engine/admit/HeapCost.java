package io.trinity.engine.admit;

/**
 * What a module takes of the host's heap beside the memories and tables of its guests, counted
 * while it is scanned. The sizes are those of the objects on a 64-bit JVM with compressed
 * references; a test compares them with the heap.
 */
final class HeapCost {
    private static final long BASE = 16 << 10;
    private static final long TYPE = 120;
    private static final long PARAMETER = 38;
    private static final long FUNCTION = 72;
    private static final long FUNCTION_PARSED = 200;
    private static final long GLOBAL = 136;
    private static final long GLOBAL_OF_GUEST = 56;
    private static final long EXPORT = 530;
    private static final long EXPORT_OF_GUEST = 48;
    private static final long IMPORT = 300;
    private static final long IMPORT_OF_GUEST = 500;
    private static final long SEGMENT = 240;
    private static final long SEGMENT_OF_GUEST = 16;
    private static final long ELEMENT = 4;
    private static final long ELEMENT_PARSED = 104;

    private long kept = BASE;
    private long ofGuest = BASE;
    private long parsed;

    void types(long count, long parametersAndResults) {
        kept += TYPE * count + PARAMETER * parametersAndResults;
    }

    void functions(long count) {
        kept += FUNCTION * count;
        parsed += FUNCTION_PARSED * count;
    }

    void globals(long count) {
        kept += GLOBAL * count;
        ofGuest += GLOBAL_OF_GUEST * count;
    }

    /**
     * @param textBytes of its name
     */
    void exported(long textBytes) {
        kept += EXPORT + textBytes;
        ofGuest += EXPORT_OF_GUEST;
    }

    void imported(long textBytes) {
        kept += IMPORT + textBytes;
        ofGuest += IMPORT_OF_GUEST;
    }

    /** One of a function that is written in a segment alone is kept once, however often it is. */
    void elements(long count, long functions) {
        kept += ELEMENT * count + ELEMENT_PARSED * Math.min(count, functions + 1);
        parsed += ELEMENT_PARSED * count;
    }

    void segment(long dataBytes) {
        kept += SEGMENT + dataBytes;
        ofGuest += SEGMENT_OF_GUEST;
    }

    /** Bytes for as long as the module is loaded. */
    long kept() {
        return kept;
    }

    /** Bytes of each guest. */
    long ofGuest() {
        return ofGuest;
    }

    /** Bytes while it is parsed, those that are kept included. */
    long parsed() {
        return kept + parsed;
    }
}
