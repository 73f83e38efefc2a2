package io.trinity.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.Dependency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

class DependencyOrderTest {
    private static Manifest manifest(String name, List<String> needs) {
        return new Manifest(
                new Version("0.1.0"),
                name,
                new Version("1.0.0"),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                needs.stream().map(n -> new Dependency(n, new VersionRange("0"))).toList(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(),
                List.of());
    }

    @Test
    void whatOthersNeedComesFirstAndTheRestByName() {
        assertEquals(
                List.of("z", "a", "b"),
                DependencyOrder.of(
                        Set.of("a", "b", "z"), Map.of("a", manifest("a", List.of("z")))));
    }

    @Test
    void aCircleAndAMissingDependencyKeepNobodyOut() {
        assertEquals(
                Set.of("a", "b", "c"),
                new HashSet<>(
                        DependencyOrder.of(
                                Set.of("a", "b", "c"),
                                Map.of(
                                        "a", manifest("a", List.of("b")),
                                        "b", manifest("b", List.of("a", "gone"))))));
    }

    /** Plugin i may need only plugins with a higher number: no circles. */
    @Property
    void eachComesAfterThoseItNeeds(
            @ForAll @Size(20) List<@IntRange(min = 1, max = 19) Integer> steps) {
        Map<String, Manifest> manifests = new HashMap<>();
        Map<String, String> needs = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            String need = "p" + (i + steps.get(i));
            needs.put("p" + i, need);
            manifests.put("p" + i, manifest("p" + i, List.of(need)));
        }
        List<String> order = DependencyOrder.of(manifests.keySet(), manifests);
        assertEquals(20, order.size());
        needs.forEach(
                (plugin, need) ->
                        assertTrue(
                                !order.contains(need)
                                        || order.indexOf(need) < order.indexOf(plugin)));
    }
}
