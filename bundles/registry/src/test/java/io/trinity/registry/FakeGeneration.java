package io.trinity.registry;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.HookPoint;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** A generation that answers with its own number. */
record FakeGeneration(String name, long number, Runnable within) implements Generation {
    /** Functions that answer with an error. */
    static final List<String> REFUSING = List.of("refuse", HookPoint.PRE_PIPELINE.export());

    FakeGeneration(String name, long number) {
        this(name, number, () -> {});
    }

    @Override
    public Manifest manifest() {
        return manifestOf(name, "1.0." + number);
    }

    static Manifest manifestOf(String name, String version) {
        return new Manifest(
                new Version(0, 1, 0),
                name,
                new Version(version),
                Optional.of(ExtensionType.PIPELINE_STAGE),
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    @Override
    public String digest() {
        return "%064x".formatted(number);
    }

    @Override
    public Map<String, FunctionSignature> exports() {
        return Map.of("process", new FunctionSignature(List.of(), List.of()));
    }

    @Override
    public Answer<@Nullable Object> call(
            String function, CallOptions options, @Nullable Object... arguments) {
        within.run();
        if (REFUSING.contains(function)) {
            return new Answer.Refusal<@Nullable Object>("no");
        }
        return new Answer.Value<@Nullable Object>(number);
    }

    /** A hundred units of each for each number. */
    @Override
    public Usage usage() {
        long n = 100 * number;
        return new Usage(n, n, n, n, n, n);
    }

    @Override
    public long memoryBytes() {
        return 65_536;
    }

    @Override
    public void close() {}
}
