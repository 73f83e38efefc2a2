package io.trinity.shell;

import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.plugin.PluginSnapshot;
import io.trinity.api.plugin.PluginState;
import io.trinity.api.reload.CheckReport;
import io.trinity.api.reload.Reloader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads resize and broken, and knows nothing else. */
final class FakeReloader implements Reloader {
    final List<String> asked = new ArrayList<>();

    @Override
    public PluginSnapshot load(String name) {
        return told("load", name);
    }

    @Override
    public PluginSnapshot reload(String name) {
        return told("reload", name);
    }

    @Override
    public PluginSnapshot unload(String name) {
        return Snapshots.disabled(told("unload", name));
    }

    private PluginSnapshot told(String what, String name) {
        asked.add(what + " " + name);
        if (name.equals("broken")) {
            return Snapshots.in(PluginState.ACTIVE, Snapshots.BROKEN, Optional.empty());
        }
        if (!name.equals("resize")) {
            throw PluginException.of(
                    ErrorCode.NOT_FOUND, PluginRef.named(name), "no such plugin", "plugin:list");
        }
        return Snapshots.RESIZE;
    }

    @Override
    public void changed(Path file) {
        throw new UnsupportedOperationException("no command tells this");
    }

    @Override
    public void removed(Path file) {
        throw new UnsupportedOperationException("no command tells this");
    }

    @Override
    public CheckReport check(Path file) {
        throw new UnsupportedOperationException("plugin:check is tested elsewhere");
    }

    @Override
    public boolean restored() {
        return settled();
    }

    @Override
    public boolean settled() {
        return true;
    }
}
