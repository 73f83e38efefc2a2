package io.trinity.sandbox;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.vsa.Weighted;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Interface {@code vsa}: hypervectors behind handles. */
final class VsaFunctions {
    /** Of one bundle's digit in one word; measured: 3 to 8. */
    private static final long NANOS_PER_DIGIT = 3;

    static final Map<String, HostFunction> ALL =
            Map.ofEntries(
                    Map.entry("dimension", (g, a) -> (long) g.vectors().space().dimension()),
                    Map.entry(
                            "random",
                            (g, a) -> g.vectors().hold(g.vectors().space().random((Long) a[0]))),
                    Map.entry("load", VsaFunctions::load),
                    Map.entry("read", (g, a) -> g.vectors().get((Long) a[0]).toTrits()),
                    Map.entry("copy", (g, a) -> g.vectors().hold(g.vectors().get((Long) a[0]))),
                    Map.entry(
                            "release",
                            (g, a) -> {
                                g.vectors().release((Long) a[0]);
                                return null;
                            }),
                    Map.entry(
                            "bind",
                            (g, a) ->
                                    g.vectors()
                                            .hold(
                                                    g.vectors()
                                                            .space()
                                                            .bind(
                                                                    vector(g, a[0]),
                                                                    vector(g, a[1])))),
                    Map.entry(
                            "unbind",
                            (g, a) ->
                                    g.vectors()
                                            .hold(
                                                    g.vectors()
                                                            .space()
                                                            .unbind(
                                                                    vector(g, a[0]),
                                                                    vector(g, a[1])))),
                    Map.entry("bundle", VsaFunctions::bundle),
                    Map.entry(
                            "permute",
                            (g, a) ->
                                    g.vectors()
                                            .hold(
                                                    g.vectors()
                                                            .space()
                                                            .permute(
                                                                    vector(g, a[0]),
                                                                    (Integer) a[1]))),
                    Map.entry(
                            "similarity",
                            (g, a) ->
                                    g.vectors()
                                            .space()
                                            .similarity(vector(g, a[0]), vector(g, a[1]))));

    private VsaFunctions() {}

    private static io.trinity.vsa.Hypervector vector(GuestState g, Object handle) {
        return g.vectors().get((Long) handle);
    }

    private static Object load(GuestState g, Object[] a) throws HostFailure {
        byte[] trits = (byte[]) a[0];
        int dimension = g.vectors().space().dimension();
        if (trits.length != dimension) {
            throw new HostFailure(
                    HostFailure.Reason.INVALID,
                    "a vector has " + dimension + " elements, not " + trits.length);
        }
        for (int i = 0; i < trits.length; i++) {
            if (trits[i] < -1 || trits[i] > 1) {
                throw new HostFailure(
                        HostFailure.Reason.INVALID,
                        "element " + i + " is " + trits[i] + ", not -1, 0 or 1");
            }
        }
        return g.vectors().hold(g.vectors().space().of(trits));
    }

    /**
     * CPU time of a bundle, from below: its cost is elements x parts, and grows with the weights'
     * digits. Without it one call could name a handle 600,000 times and keep a core for a minute.
     */
    static long bundleNanos(int dimension, List<Weighted> parts) {
        long words = (dimension + Long.SIZE - 1) / Long.SIZE;
        long digits = 0;
        for (Weighted part : parts) {
            long weight = Math.abs((long) part.weight());
            digits += 1 + Long.SIZE - Long.numberOfLeadingZeros(weight);
        }
        return words * digits * NANOS_PER_DIGIT;
    }

    private static Object bundle(GuestState g, Object[] a) {
        List<Weighted> parts =
                ((List<?>) a[0])
                        .stream()
                                .map(Object[].class::cast)
                                .map(p -> new Weighted(vector(g, p[0]), (Integer) p[1]))
                                .collect(Collectors.toList());
        g.spend("vsa.bundle", bundleNanos(g.vectors().space().dimension(), parts));
        return g.vectors().hold(g.vectors().space().bundle(parts));
    }
}
