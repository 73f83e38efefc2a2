package io.trinity.testkit.contract;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.canonical.abi.CoreSignature;
import io.trinity.canonical.abi.InvalidValueException;
import io.trinity.canonical.abi.ResultValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * A plugin whose guest is a script of the test. Arguments and results go through the canonical ABI
 * and a guest's memory, as they do in the sandbox: the caller has the types of {@code
 * io.trinity.api.world}, the script WIT values, and a value that does not fit the contract fails
 * the call. Thread-safe; one call at a time is in the guest.
 */
public final class ScriptedPlugin implements Plugin {
    private static final Version VERSION = new Version(1, 2, 3);

    /**
     * A call that was made.
     *
     * @param arguments as the guest saw them; vectors are handles, from 1 on
     */
    public record Call(String function, CallOptions options, List<Object> arguments) {}

    /** That an answer was nonsense, as its caller told. */
    public record Report(String function, PluginException fault) {}

    private final ExtensionType type;
    private final String name;
    private final Map<String, WorldExport> world;
    private final Map<String, Function<Object[], ResultValue>> exports = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final List<Report> reports = new CopyOnWriteArrayList<>();
    private final Object guest = new Object();

    public ScriptedPlugin(ExtensionType type, String name) {
        this.type = type;
        this.name = name;
        this.world = WorldExport.all(type.world());
    }

    /**
     * What the guest does when it is called.
     *
     * @param body from lifted arguments to the WIT result; a vector in a list stands for its handle
     */
    public ScriptedPlugin on(String function, Function<Object[], ResultValue> body) {
        exports.put(function, body);
        return this;
    }

    /** The export succeeds with this value. */
    public ScriptedPlugin returns(String function, @Nullable Object value) {
        return on(function, arguments -> ResultValue.ok(value));
    }

    /** The export errs with this text. */
    public ScriptedPlugin refuses(String function, String text) {
        return on(function, arguments -> ResultValue.error(text));
    }

    /** The call fails as the sandbox lets it fail. */
    public ScriptedPlugin fails(String function, PluginException failure) {
        return on(
                function,
                arguments -> {
                    throw failure;
                });
    }

    /** All calls so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The one call that was made. */
    public Call onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("expected 1 call, not " + calls);
        }
        return calls.get(0);
    }

    /** What callers told of it so far. */
    public List<Report> reports() {
        return List.copyOf(reports);
    }

    @Override
    public void misbehaved(String function, PluginException fault) {
        reports.add(new Report(function, fault));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PluginSnapshot snapshot() {
        return new PluginSnapshot(
                name,
                VERSION,
                Optional.of(type),
                PluginState.ACTIVE,
                1,
                1,
                name + ".wasm",
                "",
                0,
                calls.size(),
                0,
                0,
                Optional.empty(),
                List.of(),
                false,
                List.of());
    }

    @Override
    public boolean exports(String function) {
        return exports.containsKey(function);
    }

    @Override
    public Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments) {
        Function<Object[], ResultValue> body =
                Objects.requireNonNull(exports.get(function), () -> "no script for " + function);
        WorldExport export =
                Objects.requireNonNull(world.get(function), () -> function + " is no export");
        synchronized (guest) {
            return answer(call(function, export, body, options, arguments));
        }
    }

    @SuppressWarnings("NullAway") // a value may be null: Answer.Value<@Nullable Object>
    private static Answer<@Nullable Object> answer(ResultValue result) {
        return result.failed()
                ? new Answer.Refusal<>(String.valueOf(result.value()))
                : new Answer.Value<>(result.value());
    }

    private ResultValue call(
            String function,
            WorldExport export,
            Function<Object[], ResultValue> body,
            CallOptions options,
            @Nullable Object[] arguments) {
        GuestMemory memory = new GuestMemory();
        Vectors vectors = new Vectors();
        CoreSignature signature = export.guest().signature();
        long[] lowered = export.host().lowerArguments(memory, memory, vectors, arguments);
        int area = memory.realloc(0, 0, 8, Math.max(signature.returnAreaSize(), 8));
        long[] core = Arrays.copyOf(lowered, signature.params().size());
        if (signature.hasReturnArea()) {
            core[lowered.length] = area;
        }
        Object[] seen = export.guest().liftArguments(memory, core);
        calls.add(new Call(function, options, List.of(seen)));
        ResultValue result = body.apply(seen);
        ResultValue handed = new ResultValue(result.failed(), vectors.handles(result.value()));
        long direct = export.guest().lowerResult(memory, memory, core, handed);
        return lifted(function, export, memory, vectors, signature.hasReturnArea() ? area : direct);
    }

    private ResultValue lifted(
            String function,
            WorldExport export,
            GuestMemory memory,
            Vectors vectors,
            long coreResult) {
        try {
            return (ResultValue)
                    Objects.requireNonNull(export.host().liftResult(memory, vectors, coreResult));
        } catch (InvalidValueException e) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    new PluginRef(name, VERSION),
                    "%s returned what the contract does not allow: %s: %s"
                            .formatted(function, e.path(), e.problem()),
                    "mend the plugin: the WIT of its world says what its function may return",
                    e);
        }
    }
}
