package io.trinity.engine.compile;

/**
 * Names of the classes and methods that Chicory 1.7.5 makes, and of those that we add. They are
 * internal to Chicory: the version is pinned, and this is the only class that knows them.
 */
public final class Layout {
    /** Entry class; the same in every module, since each is loaded by its own loader. */
    static final String MAIN = "io/trinity/guest/code/Module";

    static final String SHADED = MAIN + "Shaded";
    static final String FUNCTION_GROUP = MAIN + "FuncGroup_";

    /** Constant of the entry class: {@code Engine.build()} of the engine that made it. */
    public static final String BUILD_FIELD = "BUILD";

    /** Constant of the entry class: function i is in group i / FUNCTIONS_PER_CLASS. */
    public static final String PER_CLASS_FIELD = "FUNCTIONS_PER_CLASS";

    static final String MEMORY = "com/dylibso/chicory/runtime/Memory";
    static final String INSTANCE = "com/dylibso/chicory/runtime/Instance";
    static final String LINEAR_MEMORY = "io/trinity/engine/guest/LinearMemory";

    /** Descriptor of every {@code call_N}, our bridge from boxed arguments to {@code func_N}. */
    static final String CALL_DESCRIPTOR = "([JL" + LINEAR_MEMORY + ";L" + INSTANCE + ";)J";

    private Layout() {}

    /** Binary name of the entry class. */
    public static String mainClass() {
        return binary(MAIN);
    }

    /** Binary name of the class of function {@code index}. */
    public static String functionGroup(String mainClass, int index, int perClass) {
        return mainClass + "FuncGroup_" + index / perClass;
    }

    /**
     * The bridge to function {@code index}: {@code long call_N(long[], LinearMemory, Instance)}.
     */
    public static String call(int index) {
        return "call_" + index;
    }

    static String function(int index) {
        return "func_" + index;
    }

    static String binary(String internalName) {
        return internalName.replace('/', '.');
    }

    /** Dispatch by index and the copied helpers have replacements of ours. */
    static boolean isDropped(String internalName) {
        return internalName.equals(SHADED)
                || internalName.equals(MAIN + "MachineCall")
                || internalName.startsWith(MAIN + "Dispatch_");
    }

    /** Chicory's machine and its bridges {@code call_N}, in whose place ours stand. */
    static boolean isReplaced(String methodName) {
        boolean bridge = methodName.startsWith("call_") && !methodName.startsWith("call_indirect_");
        return bridge || methodName.equals("<init>") || methodName.equals("call");
    }
}
