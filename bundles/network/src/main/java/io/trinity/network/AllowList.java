package io.trinity.network;

import io.trinity.api.config.Places;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkScope;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.api.text.Escaped;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the scope of a plugin's grant lets it reach. A name in it stands for the public addresses
 * that the name has, and where it is granted as inside for those of this machine and of private
 * networks; an address stands for itself, wherever it is. A grant without a scope reaches nothing.
 * Pure.
 */
final class AllowList {
    private final PluginRef plugin;
    private final Set<String> items = new HashSet<>();
    private final Set<String> inside = new HashSet<>();
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
                NetworkScope read = NetworkScope.parse(item);
                items.add(read.target().toString());
                if (read.inside()) {
                    inside.add(read.target().toString());
                }
            } catch (HostFailure e) {
                odd.add(Escaped.brief(item));
            }
        }
    }

    /**
     * Passes what the scope names. To be asked before the name is looked up: a look-up tells the
     * name's owner things.
     *
     * @throws HostFailure DENIED
     */
    void check(NetworkTarget target) throws HostFailure {
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
    List<InetAddress> reachable(NetworkTarget target, List<InetAddress> found) throws HostFailure {
        List<InetAddress> reachable = found.stream().filter(a -> admits(target, a)).toList();
        if (reachable.isEmpty()) {
            throw unreachable(target, found.get(0));
        }
        return reachable;
    }

    /** Whether that address, as one of the target's, may be connected to. */
    boolean admits(NetworkTarget target, InetAddress address) {
        return items.contains(NetworkTarget.at(address, target.port()).toString())
                || (Addresses.isPublic(address) && (grantedInside(target) || !own.test(address)))
                || (grantedInside(target) && Addresses.isNearby(address));
    }

    /** Whether the target's name may stand for addresses that are inside. */
    boolean grantedInside(NetworkTarget target) {
        return inside.contains(target.toString());
    }

    private HostFailure unreachable(NetworkTarget target, InetAddress address) {
        NetworkTarget there = NetworkTarget.at(address, target.port());
        boolean byName = Addresses.isNearby(address) || Addresses.isPublic(address);
        return byName
                ? denied(
                        "%s stands for %s, which is inside; a name leads there only where it is granted as inside"
                                .formatted(target.host(), there.host()),
                        "inside:" + target)
                : denied(
                        "%s stands for %s, which is link-local, a metadata service or the like: granted by address only"
                                .formatted(target.host(), there.host()),
                        there);
    }

    private HostFailure denied(String why, Object missing) {
        return new HostFailure(
                Reason.DENIED,
                "%s: %s; add %s to scope.network in %s"
                        .formatted(plugin, why, missing, Places.ofPlugin(plugin.name())));
    }
}
