package io.trinity.engine.run;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.admit.Refused;
import io.trinity.engine.compile.Layout;
import io.trinity.engine.compile.Parsed;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Links compiled classes of this build. */
public final class CodeLoader {
    private CodeLoader() {}

    /**
     * Links them.
     *
     * @throws PluginException BUNDLE_FAILED
     */
    public static GuestCode load(
            PluginRef who, String build, StrippedModule code, ClassLoader loader) {
        if (!code.build().equals(build)) {
            throw failed(who, "its code is of build " + code.build() + ", this is " + build, null);
        }
        try {
            Class<?> main = Class.forName(code.mainClass(), true, loader);
            Object madeBy = main.getField(Layout.BUILD_FIELD).get(null);
            if (!build.equals(madeBy)) {
                throw failed(
                        who, "its classes are of build " + madeBy + ", this is " + build, null);
            }
            WasmModule module = Lean.of(Parsed.of(code.bytes()));
            int functions =
                    module.importSection().importCount() + module.functionSection().functionCount();
            EntryPoints entries = new EntryPoints(main, loader, functions);
            ModuleInfo info = ModuleInfos.of(module, Map.of());
            return new LoadedCode(who, module, info, functions(module, entries), entries);
        } catch (ReflectiveOperationException | LinkageError | Refused e) {
            throw failed(who, "its code does not link: " + e, e);
        }
    }

    private static Map<String, LoadedCode.Export> functions(WasmModule module, EntryPoints entries)
            throws ReflectiveOperationException {
        Map<String, LoadedCode.Export> functions = new HashMap<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.put(
                        export.name(),
                        new LoadedCode.Export(
                                Signatures.of(module, export.index()),
                                entries.find(export.index())));
            }
        }
        return Map.copyOf(functions);
    }

    private static PluginException failed(PluginRef who, String detail, @Nullable Throwable cause) {
        return PluginException.of(ErrorCode.BUNDLE_FAILED, who, detail, "compile it again", cause);
    }
}
