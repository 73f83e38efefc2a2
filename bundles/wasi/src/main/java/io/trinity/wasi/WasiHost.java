package io.trinity.wasi;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.host.FileChanges;
import io.trinity.api.host.Files;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.wasi.PosixFiles;

/**
 * What the WASI of one guest asks of the host. Called on the thread of the guest's call only.
 *
 * <p>Calls of {@link #files}, {@link #fileChanges} and {@link #posixFiles} pass the gate that the
 * guest's own calls pass: counted, asked whether the capability is granted now, refusals audited.
 */
public interface WasiHost {
    /** Who calls. */
    PluginRef plugin();

    /** Whether its manifest declares a capability for files. */
    boolean usesFiles();

    /** The circumstances of the present call. */
    HostCall hostCall();

    /** Reads files. */
    Files files();

    /** Changes files. */
    FileChanges fileChanges();

    /** What the contract's two interfaces do not have. */
    PosixFiles posixFiles();

    /**
     * A line for the plugin's log.
     *
     * @param error whether it was written to stderr
     */
    void line(boolean error, String text);

    /**
     * Before work whose size the guest chooses.
     *
     * @throws io.trinity.api.plugin.PluginException LIMIT_CPU or LIMIT_TIME
     */
    void spend(String function, long nanos);

    /**
     * Lets the guest wait.
     *
     * @throws io.trinity.api.plugin.PluginException LIMIT_TIME where the call would be over before;
     *     NOT_ACTIVE where it is cancelled meanwhile
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(String function, long nanos) throws InterruptedException;

    /** CPU time that the present call has used. */
    long cpuNanosUsed();

    /** Takes in what is kept for the guest. */
    MemoryQuota memory();
}
