package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.Guest;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Limits;
import io.trinity.api.sandbox.CallCounters;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.text.Escaped;
import io.trinity.wasi.WasiGuest;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the host keeps for one guest. Confined to the thread of the guest's call, as the guest is; a
 * new guest has a new one.
 */
final class GuestState {
    private static final int FAILURE_LENGTH = 1000;
    private static final long LIFT_STEP_BYTES = 65_536;

    /** Of the host's memory, of which text takes two for one of the guest's. */
    private static final long NANOS_PER_LIFTED_BYTE = 1;

    /** What a call may lift in all, in sizes of its memory: the collector works for nobody. */
    private static final long LIFTED_MEMORIES = 64;

    /** Before so much is copied at once, the CPU clock is read. */
    private static final long MUCH_BYTES = 1 << 20;

    private final PluginRef plugin;
    private final VectorHandles vectors;
    private final GuestMemory memory;
    private final Optional<String> reallocName;
    private final UsageLedger usage;
    private final LongSupplier nanoClock;
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private Limits limits = Limits.DEFAULT;
    private long cpuNanos;
    private long fuel;
    private long lifted;
    private long liftedReserved;
    private long liftedInAll;
    private long listenersNanos;
    private long deadlineNanos;
    private long workNanos;
    private int hostCalls;
    private long hostNanos;
    private long bytesIn;
    private long bytesOut;
    private boolean inAbi;
    private String lastFailure = "";
    private CallCounters counters = new CallCounters();
    private @Nullable GuestBudgetOwner budgetOwner;
    private @Nullable HostCall hostCall;
    private @Nullable WasiGuest wasi;
    private @Nullable LogFunction log;

    /**
     * @param memory of the guest
     * @param reallocName the export that is the guest's allocator; empty if it has none
     * @param usage takes in what its calls used up
     * @param nanoClock {@link System#nanoTime()}, which deadlines are told in
     */
    GuestState(
            PluginRef plugin,
            VectorHandles vectors,
            GuestMemory memory,
            Optional<String> reallocName,
            UsageLedger usage,
            LongSupplier nanoClock) {
        this.plugin = plugin;
        this.vectors = vectors;
        this.memory = memory;
        this.reallocName = reallocName;
        this.usage = usage;
        this.nanoClock = nanoClock;
    }

    /**
     * A call begins.
     *
     * @param cpu CPU time that it has, in nanoseconds
     * @param fuelUnits fuel that it has; 0 for no limit
     * @param deadline when it must be over
     */
    void begin(Limits limitsNow, long cpu, long fuelUnits, long deadline) {
        limits = limitsNow;
        cpuNanos = cpu;
        fuel = fuelUnits;
        deadlineNanos = deadline;
        workNanos = 0;
        liftedInAll = 0;
        listenersNanos = 0;
        hostCalls = 0;
        hostNanos = 0;
        bytesIn = 0;
        bytesOut = 0;
        inAbi = false;
        lastFailure = "";
        memory.begin();
        counters = new CallCounters();
        hostCall = null;
    }

    /**
     * The call is over: its buffers are given back, and what it used is taken in by whoever pays.
     *
     * @param wallNanos that it took
     * @param budgetOwner null where the plugin pays for itself
     * @throws PluginException LIMIT_FUEL of the owner's
     */
    void end(Guest guest, long wallNanos, @Nullable BudgetOwner budgetOwner) {
        over();
        usage.add(guest, this, wallNanos, budgetOwner != null);
        if (budgetOwner != null) {
            budgetOwner.charge(guest.fuelUsed());
        }
    }

    /** The call, or the initialisation, is over: nothing of it is held any longer. */
    void over() {
        releaseBuffers();
        if (wasi != null) {
            wasi.endOfCall();
        }
    }

    /** The guest speaks WASI. */
    void speaks(WasiGuest speaker) {
        wasi = speaker;
    }

    /** Where its lines go. */
    void logs(LogFunction function) {
        log = function;
    }

    /** Its call ended in an error: what it logged last is shown, whatever the rate limit. */
    void trapped() {
        if (log != null) {
            log.trapped(this);
        }
    }

    /** The guest is gone. */
    void close() {
        if (log != null) {
            log.gone(this);
        }
        vectors.close();
        if (wasi != null) {
            wasi.close();
        }
    }

    /** Bytes that are lifted now; see {@link #releaseBuffers(long)}. */
    long lifted() {
        return lifted;
    }

    /** Gives back what was taken by {@link #lift}. */
    void releaseBuffers() {
        lifted = 0;
        memory.release(liftedReserved);
        liftedReserved = 0;
    }

    /**
     * Gives back what was lifted since: the arguments of a host call, of which nobody keeps
     * anything when it is over. One step is kept for the next one.
     *
     * @param before {@link #lifted} at that time
     */
    void releaseBuffers(long before) {
        lifted = before;
        long enough =
                Math.max(1, (before + LIFT_STEP_BYTES - 1) / LIFT_STEP_BYTES) * LIFT_STEP_BYTES;
        if (liftedReserved > enough) {
            memory.release(liftedReserved - enough);
            liftedReserved = enough;
        }
    }

    /**
     * Before the host allocates for what the guest hands over. The result of a call is held until
     * that ends, the arguments of a host call until that does. Garbage has its price too: what is
     * lifted is work, and a call lifts {@link #LIFTED_MEMORIES} times its memory in all.
     *
     * @throws PluginException LIMIT_MEMORY, LIMIT_CPU
     */
    void lift(long bytes) {
        work(bytes);
        lifted += bytes;
        long missing = lifted - liftedReserved;
        if (missing <= 0) {
            return;
        }
        // In steps, so that many small values do not ask for each.
        long step = (missing + LIFT_STEP_BYTES - 1) / LIFT_STEP_BYTES * LIFT_STEP_BYTES;
        if (memory.tryReserve(step)) {
            liftedReserved += step;
        } else if (memory.tryReserve(missing)) {
            liftedReserved += missing;
        } else {
            throw GuestMemory.refused(
                    plugin,
                    memory,
                    "what it hands over in one call takes %s bytes of the host's memory beside its own"
                            .formatted(lifted),
                    missing,
                    "hand over less at a time, or " + raise("memoryBytes"));
        }
    }

    /** Copying takes time of this thread, and later of the collector's. */
    private void work(long bytes) {
        liftedInAll += bytes;
        if (liftedInAll > LIFTED_MEMORIES * limits.memoryBytes()) {
            throw PluginException.of(
                    ErrorCode.LIMIT_MEMORY,
                    plugin,
                    "what it hands over in one call takes %s bytes of the host's memory in all, which is more than %s times its memoryBytes"
                            .formatted(liftedInAll, LIFTED_MEMORIES),
                    "hand over less, or " + raise("memoryBytes"));
        }
        workNanos += bytes * NANOS_PER_LIFTED_BYTE;
        GuestBudgetOwner calling = budgetOwner;
        boolean late =
                bytes >= MUCH_BYTES
                        && calling != null
                        && calling.guest().cpuNanosLeft() < bytes * NANOS_PER_LIFTED_BYTE;
        if (workNanos > cpuNanos || late) {
            throw PluginException.of(
                    ErrorCode.LIMIT_CPU,
                    plugin,
                    "what it hands over in one call, %s bytes of the host's memory, takes more than %s ms of CPU time"
                            .formatted(liftedInAll, cpuNanos / 1_000_000),
                    "hand over less, or " + raise("cpuMillis"));
        }
    }

    /**
     * Counts a host call and refuses one too many, one from within {@code cabi_realloc}, and one
     * after the deadline: the engine looks at the clock only after so much guest code, and a host
     * call may take far longer than that.
     */
    void countHostCall(String function) {
        if (inAbi) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    plugin,
                    "it called " + function + " from within cabi_realloc or cabi_post_…",
                    "call no host function there");
        }
        if (++hostCalls > limits.hostCalls()) {
            throw PluginException.of(
                    ErrorCode.LIMIT_HOST_CALLS,
                    plugin,
                    "it called the host more than " + limits.hostCalls() + " times in one call",
                    raise("hostCalls"));
        }
        if (nanoClock.getAsLong() - deadlineNanos >= 0) {
            throw late("it called " + function + " after its time was over");
        }
    }

    /**
     * Before work whose size the guest chooses: refuses what would take more CPU time than the call
     * has, or would end after its deadline.
     *
     * @param nanos how long the work takes, estimated from below
     */
    void spend(String function, long nanos) {
        workNanos += nanos;
        if (workNanos > cpuNanos) {
            throw PluginException.of(
                    ErrorCode.LIMIT_CPU,
                    plugin,
                    "its calls of %s need at least %s ms of CPU time, allowed are %s ms"
                            .formatted(function, workNanos / 1_000_000, cpuNanos / 1_000_000),
                    raise("cpuMillis"));
        }
        if (nanoClock.getAsLong() + nanos - deadlineNanos >= 0) {
            throw late("it called " + function + " with more than can be done in time");
        }
    }

    /** Before the guest is made to wait: refuses what would end after the call's deadline. */
    void await(String function, long nanos) {
        long left = deadlineNanos - nanoClock.getAsLong();
        if (nanos >= left) {
            throw late(
                    "it called %s to wait for %s ms, and had %s ms left"
                            .formatted(
                                    function,
                                    TimeUnit.NANOSECONDS.toMillis(nanos),
                                    Math.max(0, TimeUnit.NANOSECONDS.toMillis(left))));
        }
    }

    /**
     * Lets the guest wait.
     *
     * @throws PluginException LIMIT_TIME where it would be over after the call's deadline;
     *     NOT_ACTIVE where the call is cancelled meanwhile
     * @throws InterruptedException if the thread is interrupted
     */
    void sleep(String function, long nanos) throws InterruptedException {
        await(function, nanos);
        if (cancelled.await(nanos, TimeUnit.NANOSECONDS)) {
            throw PluginException.of(ErrorCode.NOT_ACTIVE, plugin, "the call was cancelled", "");
        }
    }

    /** The guest is not wanted any more: it waits for nothing from now on. From any thread. */
    void cancel() {
        cancelled.countDown();
    }

    /** Whether it was told so. From any thread. */
    boolean isCancelled() {
        return cancelled.getCount() == 0;
    }

    private PluginException late(String what) {
        return PluginException.of(ErrorCode.LIMIT_TIME, plugin, what, raise("wallMillis"));
    }

    private String raise(String key) {
        return "raise " + key + " in " + Places.ofPlugin(plugin.name());
    }

    /** From now on, or no longer, the guest is in {@code cabi_realloc} or {@code cabi_post_…}. */
    void inAbi(boolean now) {
        inAbi = now;
    }

    /** Asks the guest for memory, and lets it call nobody meanwhile. */
    int reallocate(Guest guest, int pointer, int oldSize, int alignment, int size) {
        if (reallocName.isEmpty()) {
            throw PluginException.of(
                    ErrorCode.GUEST_ABI,
                    plugin,
                    "it takes text or lists from the host and exports no cabi_realloc",
                    "export cabi_realloc");
        }
        inAbi = true;
        int room = (int) guest.function(reallocName.get()).call(pointer, oldSize, alignment, size);
        inAbi = false;
        return room;
    }

    PluginRef plugin() {
        return plugin;
    }

    /** The guest calls the host: whose state this is. */
    void calls(Guest guest) {
        if (budgetOwner == null || budgetOwner.guest() != guest) {
            budgetOwner = new GuestBudgetOwner(guest, this);
            hostCall = null;
        }
    }

    /**
     * The circumstances of the present call, for who serves it; within a host call only.
     *
     * @param generation that calls
     */
    HostCall hostCall(long generation) {
        HostCall there = hostCall;
        if (there == null) {
            there =
                    new HostCall(
                            plugin,
                            generation,
                            deadlineNanos,
                            Optional.of(requireCalling()),
                            memory,
                            counters,
                            this::isCancelled);
            hostCall = there;
        }
        return there;
    }

    /** The present call as the one that pays for others; within a host call only. */
    BudgetOwner budgetOwner() {
        return requireCalling();
    }

    /** Leaves CPU time that others used on this thread out of the present call's. */
    void excludeCpuTime(long nanos) {
        requireCalling().guest().excludeCpuTime(nanos);
    }

    /** What other threads did for the present call is its CPU time too. */
    void takeWorkElsewhere() {
        long nanos = counters.takeElsewhere();
        if (nanos > 0) {
            requireCalling().guest().use(nanos);
        }
    }

    /**
     * Before other plugins run for this call that do so at nobody's cost.
     *
     * @throws HostFailure LIMIT where they have used as much as this plugin's call may by itself
     */
    void requireListenersTime() throws HostFailure {
        long most = TimeUnit.MILLISECONDS.toNanos(limits.cpuMillis());
        if (listenersNanos >= most) {
            throw new HostFailure(
                    HostFailure.Reason.LIMIT,
                    "those who listen to what it fires used %s ms of CPU time within its call, which may use %s ms itself"
                            .formatted(listenersNanos / 1_000_000, limits.cpuMillis()));
        }
    }

    /** Their CPU time is none of the present call's. */
    void excludeListeners(long nanos) {
        listenersNanos += nanos;
        excludeCpuTime(nanos);
    }

    /** CPU time that the present call has used; within a host call only. */
    long cpuNanosUsed() {
        return Math.max(0, cpuNanos - requireCalling().guest().cpuNanosLeft());
    }

    private GuestBudgetOwner requireCalling() {
        GuestBudgetOwner p = budgetOwner;
        if (p == null) {
            throw new IllegalStateException(plugin + " is in no host call");
        }
        return p;
    }

    /** Takes in what the host keeps for the plugin. */
    GuestMemory memory() {
        return memory;
    }

    /** Of the present call. */
    CallCounters counters() {
        return counters;
    }

    /** Fuel that the present call has; 0 for no limit. */
    long fuel() {
        return fuel;
    }

    VectorHandles vectors() {
        return vectors;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Why the last host function failed; empty if none did. */
    String lastFailure() {
        return lastFailure;
    }

    void lastFailure(String sentence) {
        lastFailure = Escaped.line(sentence, FAILURE_LENGTH);
    }

    UsageLedger usage() {
        return usage;
    }

    /** Wall time that a host function took. */
    void countHostNanos(long nanos) {
        hostNanos += nanos;
    }

    /** Bytes written into the guest. */
    void countIn(long bytes) {
        bytesIn += bytes;
    }

    /** Bytes read from the guest. */
    void countOut(long bytes) {
        bytesOut += bytes;
    }

    long hostNanos() {
        return hostNanos;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }
}
