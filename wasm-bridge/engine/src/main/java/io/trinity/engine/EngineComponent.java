package io.trinity.engine;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.config.Places;
import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleSize;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.home.FileWords;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.engine.isolate.BundleJars;
import io.trinity.engine.isolate.Compiler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as a service. Compiles in a process of its own unless configured otherwise. */
@Component(service = Engine.class, configurationPid = EngineDefinition.PID)
@Designate(ocd = EngineDefinition.class)
public final class EngineComponent implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);
    private static final List<String> ISOLATIONS = List.of("process", "in-process");

    private final ChicoryEngine engine = new ChicoryEngine();
    private final BundleContext context;
    private volatile boolean inProcess;
    private volatile Compiler.Limits limits = new Compiler.Limits(30_000, 384, 10_000);
    private @Nullable Compiler compiler;
    private boolean closed;

    /** For DS. */
    @Activate
    public EngineComponent(BundleContext context, Map<String, Object> configuration) {
        this.context = context;
        modified(configuration);
    }

    /** Takes effect for the next module. */
    @Modified
    final void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(
                        EngineDefinition.PID,
                        configuration,
                        p -> LOG.warn("code=CONFIG_INVALID {}", p));
        Compiler.Limits last = limits;
        limits =
                new Compiler.Limits(
                        (int) values.number("compileMillis", 30_000, last.millis(), 100, 3_600_000),
                        (int)
                                values.number(
                                        "compileHeapMebibytes",
                                        384,
                                        last.heapMebibytes(),
                                        32,
                                        65_536),
                        (int) values.number("idleMillis", 10_000, last.idleMillis(), 0, 3_600_000));
        inProcess =
                values.word(
                                "isolation",
                                "process",
                                inProcess ? "in-process" : "process",
                                ISOLATIONS)
                        .equals("in-process");
        LOG.info(
                "engine ready build={} isolation={} {}",
                engine.build(),
                inProcess ? "in-process" : "process",
                limits);
    }

    @Deactivate
    synchronized void deactivate() {
        closed = true;
        if (compiler != null) {
            compiler.close();
        }
    }

    @Override
    public String build() {
        return engine.build();
    }

    @Override
    public ModuleInfo inspect(PluginRef who, byte[] module) {
        return engine.inspect(who, module);
    }

    @Override
    public CompiledModule compile(PluginRef who, byte[] module) {
        if (inProcess) {
            return engine.compile(who, module);
        }
        Compiler elsewhere = compiler(who);
        return engine.compile(who, module, m -> elsewhere.classes(m, limits));
    }

    /**
     * Written out when it is needed first: a host that only brings back what it knows needs none.
     */
    private synchronized Compiler compiler(PluginRef who) {
        if (compiler == null && !closed) {
            File folder = context.getDataFile("compiler");
            try {
                if (folder == null) {
                    throw new IOException("the framework has no storage area");
                }
                Path jars = folder.toPath();
                compiler =
                        new Compiler(
                                BundleJars.of(context.getBundle(), jars),
                                jars,
                                engine.build(),
                                line -> LOG.warn("compiler: {}", line));
            } catch (IOException e) {
                throw PluginException.of(
                        ErrorCode.STORE_FAILED,
                        who,
                        "the compiler's process cannot be prepared in "
                                + folder
                                + ": "
                                + FileWords.of(e),
                        "make room there, or set isolation=in-process in "
                                + Places.of("io.trinity.engine"),
                        e);
            }
        }
        if (compiler == null) {
            throw PluginException.of(
                    ErrorCode.COMPILER_FAILED, who, "the host is ending", "start it again");
        }
        return compiler;
    }

    @Override
    public ModuleSize size(PluginRef who, StrippedModule code) {
        return engine.size(who, code);
    }

    @Override
    public GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes) {
        return engine.load(who, code, classes);
    }
}
