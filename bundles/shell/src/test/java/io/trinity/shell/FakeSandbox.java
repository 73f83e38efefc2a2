package io.trinity.shell;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.Limits;
import io.trinity.api.sandbox.MemoryTotal;
import io.trinity.api.sandbox.Sandbox;

/** The default limits, but for a fuel of 7. */
final class FakeSandbox implements Sandbox {
    @Override
    public Limits limits(String plugin) {
        return new Limits(16 << 20, 100, 1000, 7, 64 << 10, 4, 16, 8, 10_000, 64, 1000, 100);
    }

    @Override
    public void admit(Manifest manifest, String digest, ModuleInfo module) {
        throw new UnsupportedOperationException("no command asks this");
    }

    @Override
    public void giveUp(String plugin) {
        throw new AssertionError("commands go through reload");
    }

    @Override
    public MemoryQuota hostMemory() {
        return MemoryQuota.UNCOUNTED;
    }

    @Override
    public int vectorDimension() {
        return 10_000;
    }

    @Override
    public MemoryTotal memory() {
        return new MemoryTotal(700L << 20, 40L << 20, 80L << 20);
    }

    @Override
    public Generation open(GenerationSource source) {
        throw new UnsupportedOperationException("no command asks this");
    }
}
