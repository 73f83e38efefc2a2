package io.trinity.bench.kernels;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Extism's SDK for Java, which has the Chicory that it was built for beside it: in a class loader
 * of its own, since ours is newer. It has round trips and nothing else.
 */
final class Extism implements Machine {
    private static final String PACKAGE = "org.extism.sdk.chicory.";

    private final MethodHandle call;

    private Extism(MethodHandle call) {
        this.call = call;
    }

    /** Where the profile {@code others} has put its jars, if the caller says so. */
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(Engines.EXTISM_FOLDER)).map(Path::of);
    }

    /** The plugin of {@code extism.wat}, compiled ahead of time. */
    static Extism of(Path folder) {
        try (Stream<Path> jars = Files.list(folder)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : jars.sorted().toList()) {
                urls.add(jar.toUri().toURL());
            }
            return new Extism(
                    plugin(
                            new URLClassLoader(
                                    urls.toArray(URL[]::new),
                                    ClassLoader.getPlatformClassLoader())));
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(folder.toString(), e);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("Extism's SDK", e);
        }
    }

    /** {@code Plugin.call(String, byte[])} of a new plugin, as {@code byte[] (byte[])}. */
    private static MethodHandle plugin(ClassLoader sdk) throws ReflectiveOperationException {
        Class<?> wasm = sdk.loadClass(PACKAGE + "ManifestWasm");
        Object part = built(invoke(wasm, "fromBytes", null, byte[].class, Modules.extism()));
        Object parts = java.lang.reflect.Array.newInstance(wasm, 1);
        java.lang.reflect.Array.set(parts, 0, part);
        Class<?> manifest = sdk.loadClass(PACKAGE + "Manifest");
        Class<?> options = sdk.loadClass(PACKAGE + "Manifest$Options");
        Object ahead = options.getMethod("withAoT").invoke(options.getConstructor().newInstance());
        Object builder = invoke(manifest, "ofWasms", null, parts.getClass(), parts);
        Object whole = built(invoke(builder.getClass(), "withOptions", builder, options, ahead));
        Class<?> type = sdk.loadClass(PACKAGE + "Plugin");
        Object plugin = built(invoke(type, "ofManifest", null, manifest, whole));
        return MethodHandles.insertArguments(
                        MethodHandles.publicLookup()
                                .unreflect(type.getMethod("call", String.class, byte[].class)),
                        0,
                        plugin,
                        "xor")
                .asType(java.lang.invoke.MethodType.methodType(byte[].class, byte[].class));
    }

    private static Object invoke(
            Class<?> type, String method, @Nullable Object on, Class<?> parameter, Object argument)
            throws ReflectiveOperationException {
        return type.getMethod(method, parameter).invoke(on, argument);
    }

    private static Object built(Object builder) throws ReflectiveOperationException {
        return builder.getClass().getMethod("build").invoke(builder);
    }

    @Override
    public Machine.Export function(String export) {
        throw new UnsupportedOperationException("Extism has " + export + " for bytes only");
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        return in -> {
            try {
                return (byte[]) call.invokeExact(in);
            } catch (Throwable t) {
                throw new IllegalStateException("Extism", t);
            }
        };
    }
}
