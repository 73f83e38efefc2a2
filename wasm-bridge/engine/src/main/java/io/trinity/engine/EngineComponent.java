package io.trinity.engine;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.Engine;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.StrippedModule;
import io.trinity.api.plugin.PluginRef;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine as a service. */
@Component(service = Engine.class)
public final class EngineComponent implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(EngineComponent.class);

    private final ChicoryEngine engine = new ChicoryEngine();

    @Activate
    public EngineComponent() {
        LOG.info("engine ready build={} compile.isolation=in-process", engine.build());
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
        return engine.compile(who, module);
    }

    @Override
    public GuestCode load(PluginRef who, StrippedModule code, ClassLoader classes) {
        return engine.load(who, code, classes);
    }
}
