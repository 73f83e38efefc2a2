package io.trinity.testkit.contract;

import io.trinity.api.contract.Contract;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.canonical.abi.ExportCodec;
import io.trinity.canonical.abi.ImportCodec;
import io.trinity.canonical.abi.ResultValue;
import io.trinity.canonical.abi.wit.WitFunction;
import io.trinity.canonical.abi.wit.WitPackage;
import io.trinity.canonical.abi.wit.WitWorld;
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
 * and a guest's memory, as they do in the sandbox: a value that does not fit the contract fails the
 * call. Thread-safe; one call at a time is in the guest.
 */
public final class ScriptedPlugin implements Plugin {
    private static final WitPackage WIT = WitPackage.parse(Contract.wit());

    /**
     * A call that was made.
     *
     * @param arguments as the guest saw them; vectors are handles, from 1 on
     */
    public record Call(String function, CallOptions options, List<Object> arguments) {}

    private final ExtensionType type;
    private final String name;
    private final WitWorld world;
    private final Map<String, Function<Object[], ResultValue>> exports = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Object guest = new Object();

    public ScriptedPlugin(ExtensionType type, String name) {
        this.type = type;
        this.name = name;
        this.world = WIT.findWorld(type.world()).orElseThrow();
    }

    /**
     * What the guest does when it is called.
     *
     * @param body from lifted arguments to the WIT result
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

    @Override
    public String name() {
        return name;
    }

    @Override
    public PluginSnapshot snapshot() {
        return new PluginSnapshot(
                name,
                new Version(1, 2, 3),
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
        WitFunction signature =
                world.export(function)
                        .orElseThrow(() -> new AssertionError(function + " is no export"));
        synchronized (guest) {
            return call(signature, body, options, arguments);
        }
    }

    @SuppressWarnings("NullAway") // a value may be null: Answer.Value<@Nullable Object>
    private Answer<@Nullable Object> call(
            WitFunction signature,
            Function<Object[], ResultValue> body,
            CallOptions options,
            @Nullable Object[] arguments) {
        GuestMemory memory = new GuestMemory();
        Vectors vectors = new Vectors();
        ExportCodec host = ExportCodec.of(signature);
        ImportCodec guestSide = ImportCodec.of(signature);
        long[] lowered =
                host.lowerArguments(
                        memory,
                        memory,
                        (Object[]) Objects.requireNonNull(vectors.handles(arguments)));
        int area = memory.realloc(0, 0, 8, Math.max(guestSide.signature().returnAreaSize(), 8));
        long[] core = Arrays.copyOf(lowered, guestSide.signature().params().size());
        if (core.length > lowered.length) {
            core[lowered.length] = area;
        }
        Object[] seen = guestSide.liftArguments(memory, core);
        calls.add(new Call(signature.name(), options, List.of(seen)));
        ResultValue result = body.apply(seen);
        ResultValue handed = new ResultValue(result.failed(), vectors.handles(result.value()));
        long direct = guestSide.lowerResult(memory, memory, core, handed);
        ResultValue lifted =
                (ResultValue)
                        Objects.requireNonNull(
                                host.liftResult(
                                        memory, core.length > lowered.length ? area : direct));
        if (lifted.failed()) {
            return new Answer.Refusal<>(String.valueOf(lifted.value()));
        }
        if (signature.name().equals("encode")) {
            return new Answer.Value<@Nullable Object>(
                    vectors.vectors((List<?>) Objects.requireNonNull(lifted.value())));
        }
        return new Answer.Value<>(lifted.value());
    }
}
