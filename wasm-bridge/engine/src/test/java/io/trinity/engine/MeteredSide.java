package io.trinity.engine;

import com.dylibso.chicory.runtime.Instance;
import io.trinity.api.engine.CallBudget;
import io.trinity.api.engine.Guest;
import io.trinity.api.engine.GuestCode;
import io.trinity.api.engine.GuestCode.HostImport;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import java.lang.reflect.Field;
import java.util.List;

/** A module as we run it: admitted, compiled, metered, verified. */
final class MeteredSide implements Side {
    private static final CallBudget BUDGET = EngineFixture.budget(60_000, 0, 1 << 18);

    private final Guest guest;
    private long fuel;

    MeteredSide(GuestCode code, Host host) {
        List<HostImport> imports =
                code.info().imports().stream().map(i -> linked(i, host)).toList();
        // Tables are counted too; together they are smaller than a page.
        Quota quota = new Quota((long) PlainSide.PAGES * Quota.PAGE + Quota.PAGE - 1);
        guest = code.instantiate(imports, quota, BUDGET);
        fuel = guest.fuelUsed();
    }

    private HostImport linked(ModuleInfo.FunctionImport i, Host host) {
        return new HostImport(
                i.module(), i.name(), i.signature(), (g, a) -> host.call(i.name(), this, a));
    }

    /** Units of all calls up to now. */
    long fuel() {
        return fuel;
    }

    @Override
    public long call(String function, long... arguments) {
        try {
            return guest.run(BUDGET, () -> guest.function(function).call(arguments));
        } catch (PluginException e) {
            if (e.code() == ErrorCode.GUEST_TRAP || e.code() == ErrorCode.LIMIT_STACK) {
                throw new Trapped(e);
            }
            throw e;
        } finally {
            fuel += guest.fuelUsed();
        }
    }

    /** Whether so much fuel is too little; the side is not called again. */
    boolean runsOutOf(long units, String function, long... arguments) {
        try {
            CallBudget small = EngineFixture.budget(60_000, units, 1 << 18);
            guest.run(small, () -> guest.function(function).call(arguments));
            return false;
        } catch (PluginException e) {
            return e.code() == ErrorCode.LIMIT_FUEL;
        }
    }

    @Override
    public int memoryBytes() {
        return (int) guest.memory().sizeBytes();
    }

    @Override
    public byte[] read(int address, int length) {
        return guest.memory().read(address, length);
    }

    @Override
    public void write(int address, byte[] bytes) {
        guest.memory().write(address, bytes, 0, bytes.length);
    }

    /** The port shows no globals. */
    @Override
    public List<Long> globals() {
        try {
            Field instance = guest.getClass().getDeclaredField("instance");
            instance.setAccessible(true);
            return PlainSide.globals((Instance) instance.get(guest));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a guest is made otherwise by now", e);
        }
    }
}
