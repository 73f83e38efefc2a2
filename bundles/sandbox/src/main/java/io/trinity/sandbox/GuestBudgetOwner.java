package io.trinity.sandbox;

import io.trinity.api.engine.Guest;
import io.trinity.api.plugin.BudgetOwner;
import io.trinity.api.plugin.PluginRef;

/** The present call of a guest, as the owner of what it calls. */
record GuestBudgetOwner(Guest guest, GuestState state) implements BudgetOwner {
    @Override
    public PluginRef plugin() {
        return state.plugin();
    }

    @Override
    public long fuelLeft() {
        long limit = state.fuel();
        return limit == 0 ? Long.MAX_VALUE : Math.max(0, limit - guest.fuelUsed());
    }

    @Override
    public long cpuNanosLeft() {
        return guest.cpuNanosLeft();
    }

    @Override
    public void charge(long fuel) {
        guest.charge(fuel);
    }
}
