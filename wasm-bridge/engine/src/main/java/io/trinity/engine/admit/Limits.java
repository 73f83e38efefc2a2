package io.trinity.engine.admit;

/**
 * What is admitted. Each bound is on something that lets parser or compiler take much more than the
 * bytes that ask for it.
 */
final class Limits {
    static final int MODULE_BYTES = 64 << 20;
    static final int CODE_BYTES = 4 << 20;
    static final int CUSTOM_BYTES = 16 << 20;
    static final int CUSTOM_SECTIONS = 1_000;
    static final int TYPES = 10_000;
    static final int IMPORTS = 10_000;
    static final int FUNCTIONS = 50_000;
    static final int TABLES = 100;
    static final int TABLE_ENTRIES = 1_000_000;
    static final int GLOBALS = 10_000;
    static final int EXPORTS = 10_000;
    static final int SEGMENTS = 10_000;
    static final int ELEMENTS = 1_000_000;
    static final int PARAMETERS = 250;

    /** Of all types together, results among them. */
    static final int PARAMETERS_IN_ALL = 100_000;

    /** Names of imports and exports, as text in the heap. */
    static final int NAME_BYTES = 4 << 20;

    /** JVM slots; above 253 Chicory passes an array, and its classes do not always verify. */
    static final int PARAMETER_SLOTS = 250;

    static final int RESULTS = 250;

    /** JVM slots; Chicory hands several results as parameters to what packs them into an array. */
    static final int RESULT_SLOTS = 250;

    /** JVM slots of parameters and locals of one function; i64 and f64 take two. */
    static final int SLOTS = 1_000;

    static final int LOCALS = 1_000_000;
    static final int INSTRUCTIONS = 4_000_000;
    static final int BRANCH_TABLE_TARGETS = 100_000;

    /** Sum over functions of slots and operands times labels: the size of stack maps. */
    static final long SLOTS_TIMES_LABELS = 50_000_000;

    /** Of one function. HotSpot ends the process when stack maps of a method exceed 16 MiB. */
    static final long SLOTS_TIMES_LABELS_OF_FUNCTION = 8_000_000;

    /** Entries of the switches that call_indirect is compiled to. */
    static final long TYPE_MATCHES = 200_000;

    /** Comparisons of types while those switches are made. */
    static final long TYPES_TIMES_FUNCTIONS = 5_000_000;

    private Limits() {}
}
