package io.trinity.sandbox;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A host function behind the question whether its capability is granted now. Refusals are audited,
 * and the guest can have every failure explained. One per guest and way to the function.
 */
final class GrantedFunction implements HostFunction {
    private final String name;
    private final HostFunction function;
    private final Optional<Capability> capability;
    private final BooleanSupplier granted;
    private final Audit audit;

    /**
     * @param name for the audit log, {@code files.read}
     * @param capability empty for what takes none
     */
    GrantedFunction(
            String name,
            HostFunction function,
            Optional<Capability> capability,
            BooleanSupplier granted,
            Audit audit) {
        this.name = name;
        this.function = function;
        this.capability = capability;
        this.granted = granted;
        this.audit = audit;
    }

    /** Another function behind the same question. */
    GrantedFunction with(HostFunction other) {
        return new GrantedFunction(name, other, capability, granted, audit);
    }

    @Override
    public @Nullable Object call(GuestState guest, Object[] arguments) throws HostFailure {
        try {
            if (capability.isPresent() && !granted.getAsBoolean()) {
                throw new HostFailure(
                        HostFailure.Reason.DENIED,
                        "capability " + capability.get().label() + " is not granted");
            }
            return function.call(guest, arguments);
        } catch (HostFailure e) {
            String why = String.valueOf(e.getMessage());
            if (e.reason() == HostFailure.Reason.DENIED) {
                capability.ifPresent(c -> audit.refused(guest.plugin(), c, name, why));
            }
            guest.lastFailure(why);
            throw e;
        } finally {
            guest.takeWorkElsewhere();
        }
    }
}
