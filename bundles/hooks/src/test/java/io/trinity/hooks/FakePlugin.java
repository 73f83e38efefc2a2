package io.trinity.hooks;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.plugin.PluginSnapshot;
import java.util.ArrayList;
import java.util.List;

/** A plugin whose exports are written in Java. */
final class FakePlugin implements Plugin {
    /** What its exports do. */
    interface Script {
        Answer<Object> call(String function, Object[] arguments);
    }

    final List<CallOptions> options = new ArrayList<>();
    private final String name;
    private final Script script;

    FakePlugin(String name, Script script) {
        this.name = name;
        this.script = script;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PluginSnapshot snapshot() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean exports(String function) {
        return true;
    }

    @Override
    public Answer<Object> call(String function, CallOptions o, Object... arguments) {
        options.add(o);
        return script.call(function, arguments);
    }
}
