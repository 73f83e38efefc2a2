package io.trinity.network;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the scope of a plugin's grant lets it reach. A name in it stands for the public addresses
 * that the name has, and for no others; an address stands for itself, wherever it is. A grant
 * without a scope reaches nothing. Pure.
 */
final class AllowList {
    private final PluginRef plugin;
    private final Set<String> items = new HashSet<>();
    private final List<String> odd = new ArrayList<>();
    private final Predicate<InetAddress> own;

    /**
     * @param scope items {@code host:port}; one that cannot be read allows nothing
     * @param own tells the addresses of this machine, which are inside even where they are public
     */
    AllowList(PluginRef plugin, List<String> scope, Predicate<InetAddress> own) {
        this.plugin = plugin;
        this.own = own;
        for (String item : scope) {
            try {
                items.add(Target.ofScope(item).toString());
            } catch (HostFailure e) {
                odd.add(Quoted.of(item));
            }
        }
    }

    /**
     * Passes what the scope names. To be asked before the name is looked up: a look-up tells the
     * name's owner things.
     *
     * @throws HostFailure DENIED
     */
    void check(Target target) throws HostFailure {
        if (!items.contains(target.toString())) {
            String unread = odd.isEmpty() ? "" : " (not understood in it: " + odd + ")";
            throw denied(target + " is not in the scope of its grant" + unread, target);
        }
    }

    /**
     * The addresses of a target that may be connected to, in their order.
     *
     * @param found what the target's name stands for
     * @throws HostFailure DENIED when it is none of them
     */
    List<InetAddress> reachable(Target target, List<InetAddress> found) throws HostFailure {
        List<InetAddress> reachable = found.stream().filter(a -> admits(target, a)).toList();
        if (reachable.isEmpty()) {
            Target inside = Target.at(found.get(0), target.port());
            throw denied(
                    "%s stands for %s, which is inside: granted by address only"
                            .formatted(target.host(), inside.host()),
                    inside);
        }
        return reachable;
    }

    /** Whether that address, as one of the target's, may be connected to. */
    boolean admits(Target target, InetAddress address) {
        return items.contains(Target.at(address, target.port()).toString())
                || (Addresses.isPublic(address) && !own.test(address));
    }

    private HostFailure denied(String why, Target missing) {
        return new HostFailure(
                Reason.DENIED,
                "%s: %s; add %s to scope.network in conf/io.trinity.plugin-%s.cfg"
                        .formatted(plugin, why, missing, plugin.name()));
    }
}
