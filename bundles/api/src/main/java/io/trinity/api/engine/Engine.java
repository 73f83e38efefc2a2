package io.trinity.api.engine;

import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A WebAssembly engine that compiles modules to JVM classes which count what they do.
 *
 * <p>The way of a module: {@link #inspect} (is it admitted, and what does it import and export),
 * {@link #compile} (to classes that are metered and verified), and later, from the classes in a
 * generated bundle, {@link #load}. Thread-safe.
 *
 * <p>All errors of a module are {@link PluginException}s that name the plugin handed in.
 */
@ProviderType
public interface Engine {
    /**
     * Identity of everything that decides the bytes of compiled classes: engine version, meter
     * version. Classes of another build are not to be loaded; they are compiled anew.
     */
    String build();

    /**
     * Scans a module within bounded time and memory, without compiling it. Whether the bodies of
     * its functions are valid is only known when it is compiled.
     *
     * @param who told in errors
     * @param module the bytes of the file; not kept
     * @throws PluginException MODULE_MALFORMED, MODULE_COMPONENT, MODULE_FEATURE, LIMIT_MODULE
     */
    ModuleInfo inspect(PluginRef who, byte[] module);

    /**
     * Compiles a module to metered and verified classes. The same bytes give the same result.
     *
     * @param who told in errors
     * @param module the bytes of the file; not kept
     * @throws PluginException as {@link #inspect}; LIMIT_MODULE also when a function does not fit
     *     into a JVM method, or compiling takes more time or memory than configured;
     *     COMPILER_FAILED when it cannot be compiled for a reason that is not the module's
     */
    CompiledModule compile(PluginRef who, byte[] module);

    /**
     * What a module takes of the host's heap, from a look at its bytes: to be reserved before it is
     * loaded.
     *
     * @throws PluginException as {@link #inspect}
     */
    ModuleSize size(PluginRef who, StrippedModule code);

    /**
     * Makes compiled code ready to be instantiated.
     *
     * @param who told in errors
     * @param code the compiled module's parts other than its classes
     * @param classes loads the compiled classes, and the engine's guest runtime that they link to
     * @throws PluginException BUNDLE_FAILED when the classes are of another build or do not link
     */
    GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes);
}
