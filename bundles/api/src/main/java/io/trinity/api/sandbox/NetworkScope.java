package io.trinity.api.sandbox;

import io.trinity.api.sandbox.HostFailure.Reason;
import java.util.Objects;

/**
 * One item in the scope of a grant of {@code network}: {@code host:port}, or {@code
 * inside:name:port} for a name that may stand for an address of this machine or of a private
 * network (ADR 0029). Pure.
 *
 * @param inside whether the name may stand for such an address; false for an address, which stands
 *     for itself wherever it is
 */
public record NetworkScope(NetworkTarget target, boolean inside) {
    private static final String INSIDE = "inside:";

    public NetworkScope {
        Objects.requireNonNull(target, "target");
    }

    /**
     * Reads an item.
     *
     * @throws HostFailure INVALID with the reason
     */
    public static NetworkScope parse(String item) throws HostFailure {
        String rest = item.substring(Math.min(INSIDE.length(), item.length()));
        // A host may be called inside: inside:80.
        boolean inside =
                item.regionMatches(true, 0, INSIDE, 0, INSIDE.length()) && rest.indexOf(':') >= 0;
        NetworkTarget target = NetworkTarget.parse(inside ? rest : item);
        if (inside && target.literal() != null) {
            throw new HostFailure(
                    Reason.INVALID,
                    "inside: is for names; an address stands for itself: write " + target);
        }
        return new NetworkScope(target, inside);
    }

    /** In the one form in which it is compared. */
    @Override
    public String toString() {
        return (inside ? INSIDE : "") + target;
    }
}
