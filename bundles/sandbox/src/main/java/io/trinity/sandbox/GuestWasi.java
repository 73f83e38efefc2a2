package io.trinity.sandbox;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.host.FileChanges;
import io.trinity.api.host.Files;
import io.trinity.api.host.Log;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.wasi.PosixFiles;
import io.trinity.wasi.WasiHost;
import java.util.List;

/**
 * What one guest's WASI may do: what the guest's own imports of the contract may, by the same
 * functions.
 */
final class GuestWasi implements WasiHost {
    /** What interface {@link PosixFiles} is called; the contract has it not. */
    static final String POSIX_FILES = "posix-files";

    /** The interfaces that WASI is made of. */
    interface Interfaces {
        /** One of them, behind its gate. */
        <T extends HostInterface> T of(Class<T> type, String name);
    }

    private final GuestState state;
    private final boolean usesFiles;
    private final long generation;
    private final LogFunction log;
    private final Files files;
    private final FileChanges fileChanges;
    private final PosixFiles posixFiles;

    /**
     * @param usesFiles whether the plugin's manifest declares a capability for files
     * @param generation that the guest is of
     * @param log where its lines go
     * @param interfaces behind their gate
     */
    GuestWasi(
            GuestState state,
            boolean usesFiles,
            long generation,
            LogFunction log,
            Interfaces interfaces) {
        this.state = state;
        this.usesFiles = usesFiles;
        this.log = log;
        this.generation = generation;
        this.files = interfaces.of(Files.class, "files");
        this.fileChanges = interfaces.of(FileChanges.class, "file-changes");
        this.posixFiles = interfaces.of(PosixFiles.class, POSIX_FILES);
    }

    @Override
    public PluginRef plugin() {
        return state.plugin();
    }

    @Override
    public boolean usesFiles() {
        return usesFiles;
    }

    @Override
    public HostCall hostCall() {
        return state.hostCall(generation);
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public FileChanges fileChanges() {
        return fileChanges;
    }

    @Override
    public PosixFiles posixFiles() {
        return posixFiles;
    }

    @Override
    public void line(boolean error, String text) {
        log.log(state, error ? Log.Level.WARN : Log.Level.INFO, text, List.of());
    }

    @Override
    public void spend(String function, long nanos) {
        state.spend("wasi." + function, nanos);
    }

    @Override
    public void sleep(String function, long nanos) throws InterruptedException {
        state.sleep("wasi." + function, nanos);
    }

    @Override
    public long cpuNanosUsed() {
        return state.cpuNanosUsed();
    }

    @Override
    public MemoryQuota memory() {
        return state.memory();
    }
}
