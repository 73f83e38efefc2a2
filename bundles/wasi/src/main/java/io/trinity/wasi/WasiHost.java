package io.trinity.wasi;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import org.jspecify.annotations.Nullable;

/** What the WASI of one guest asks of the host. Called on the thread of the guest's call only. */
public interface WasiHost {
    /** Who calls. */
    PluginRef plugin();

    /** Whether its manifest declares a capability for files. */
    boolean usesFiles();

    /**
     * Calls an interface of the contract, or {@code posix-files}, through the gate that the guest's
     * own calls of it pass: counted, asked whether its capability is granted now, refusals audited.
     *
     * @return the result as WIT value; null for none
     * @throws HostFailure what the world outside did
     */
    @Nullable Object call(String interfaceName, String function, Object... arguments)
            throws HostFailure;

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
