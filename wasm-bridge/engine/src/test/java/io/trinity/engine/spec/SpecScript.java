package io.trinity.engine.spec;

import com.dylibso.chicory.wasm.types.Value;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the commands of one script of the specification against the engine. */
final class SpecScript {
    /** What we do not admit on purpose: then the module and what is asked of it are left out. */
    private static final Set<ErrorCode> NOT_OURS =
            EnumSet.of(
                    ErrorCode.MODULE_FEATURE,
                    ErrorCode.LIMIT_MODULE,
                    ErrorCode.LIMIT_MEMORY,
                    ErrorCode.IMPORT_UNKNOWN,
                    ErrorCode.IMPORT_SIGNATURE);

    private final String folder;
    private final Map<String, byte[]> files;
    private final Map<String, SpecInstance> named = new HashMap<>();
    private SpecInstance current;

    final List<String> failures = new ArrayList<>();
    int passed;
    int left;

    SpecScript(String folder, Map<String, byte[]> files) {
        this.folder = folder;
        this.files = files;
    }

    void run() {
        byte[] json = files.get(folder + "/" + folder + ".json");
        Map<?, ?> script =
                (Map<?, ?>) Json.parse(new String(json, java.nio.charset.StandardCharsets.UTF_8));
        for (Object c : (List<?>) script.get("commands")) {
            Map<?, ?> command = (Map<?, ?>) c;
            try {
                run(command);
            } catch (RuntimeException | Error e) {
                failures.add(
                        folder + ":" + command.get("line") + " " + command.get("type") + ": " + e);
            }
        }
    }

    private void run(Map<?, ?> command) {
        switch ((String) command.get("type")) {
            case "module" -> module(command);
            case "action", "assert_return" -> expectReturn(command);
            case "assert_trap" -> expect(command, EnumSet.of(ErrorCode.GUEST_TRAP));
            case "assert_exhaustion" -> expect(command, EnumSet.of(ErrorCode.LIMIT_STACK));
            case "assert_invalid",
                    "assert_malformed",
                    "assert_unlinkable",
                    "assert_uninstantiable" ->
                    expectRefusal(command);
            case "register" -> register();
            default -> left++;
        }
    }

    /** From now on other modules would change it, which are not linked here. */
    private void register() {
        named.values().removeIf(i -> i == current);
        current = null;
        left++;
    }

    private void module(Map<?, ?> command) {
        current = null;
        try {
            current = new SpecInstance(files.get(folder + "/" + command.get("filename")));
        } catch (PluginException e) {
            if (!NOT_OURS.contains(e.code())) {
                throw e;
            }
            left++;
        }
        if (command.get("name") != null) {
            named.put((String) command.get("name"), current);
        }
        passed++;
    }

    private void expectRefusal(Map<?, ?> command) {
        if (!"binary".equals(command.get("module_type")) && command.get("module_type") != null) {
            left++;
            return;
        }
        try {
            new SpecInstance(files.get(folder + "/" + command.get("filename")));
        } catch (PluginException e) {
            passed++;
            return;
        }
        throw new AssertionError("admitted: " + command.get("text"));
    }

    /** Calls the function of the command's action; null where the call is none of ours. */
    private Long call(Map<?, ?> command) {
        Map<?, ?> action = (Map<?, ?>) command.get("action");
        String module = (String) action.get("module");
        SpecInstance instance = module == null ? current : named.get(module);
        String field = (String) action.get("field");
        if (instance == null || !"invoke".equals(action.get("type"))) {
            return null;
        }
        FunctionSignature signature = instance.signature(field);
        if (signature == null || signature.results().size() > 1) {
            return null;
        }
        long[] arguments =
                ((List<?>) action.get("args")).stream().mapToLong(SpecScript::number).toArray();
        return instance.call(field, arguments);
    }

    private static long number(Object value) {
        String digits = (String) ((Map<?, ?>) value).get("value");
        return digits.equals("null") ? Value.REF_NULL_VALUE : Long.parseUnsignedLong(digits);
    }

    private void expectReturn(Map<?, ?> command) {
        Long actual = call(command);
        if (actual == null) {
            left++;
            return;
        }
        List<?> expected = (List<?>) command.get("expected");
        if (expected.size() == 1 && "assert_return".equals(command.get("type"))) {
            Map<?, ?> e = (Map<?, ?>) expected.get(0);
            if (!matches((String) e.get("type"), (String) e.get("value"), actual)) {
                throw new AssertionError("got " + actual + ", expected " + e);
            }
        }
        passed++;
    }

    private static boolean matches(String type, String expected, long actual) {
        return switch (type) {
            case "i32" -> (int) Long.parseLong(expected) == (int) actual;
            case "f32" ->
                    expected.startsWith("nan")
                            ? Float.isNaN(Float.intBitsToFloat((int) actual))
                            : (int) Long.parseLong(expected) == (int) actual;
            case "f64" ->
                    expected.startsWith("nan")
                            ? Double.isNaN(Double.longBitsToDouble(actual))
                            : Long.parseUnsignedLong(expected) == actual;
            case "funcref" -> expected == null || number(Map.of("value", expected)) == actual;
            default -> number(Map.of("value", expected)) == actual;
        };
    }

    private void expect(Map<?, ?> command, Set<ErrorCode> codes) {
        try {
            if (call(command) == null) {
                left++;
                return;
            }
        } catch (PluginException e) {
            if (!codes.contains(e.code())) {
                throw e;
            }
            passed++;
            return;
        }
        throw new AssertionError("no trap: " + command.get("text"));
    }
}
