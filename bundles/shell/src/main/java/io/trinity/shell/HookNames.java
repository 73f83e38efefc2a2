package io.trinity.shell;

import io.trinity.api.hook.HookBus;
import io.trinity.api.hook.HookSnapshot;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.HookPoint;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** {@code hook:names} and {@code hook:points}, what completion offers; and the way to the bus. */
@Component(
        service = HookNames.class,
        immediate = true,
        property = {
            "osgi.command.scope=hook",
            "osgi.command.function=names",
            "osgi.command.function=points"
        })
public final class HookNames {
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable HookBus bus;

    @Descriptor("names of custom hooks that listen, for completion; usage: hook:names")
    public List<String> names() {
        HookBus present = bus;
        return present == null
                ? List.of()
                : present.list().stream()
                        .map(HookSnapshot::name)
                        .filter(n -> !n.isEmpty())
                        .distinct()
                        .toList();
    }

    @Descriptor("the hook points, for completion; usage: hook:points")
    public List<String> points() {
        return labels();
    }

    /**
     * The bus.
     *
     * @throws CommandFailure where there is none
     */
    HookBus require() {
        return Present.require(bus, HookBus.class, "io.trinity.hooks");
    }

    /**
     * The point of that label.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    static HookPoint point(String label) {
        return HookPoint.byLabel(label)
                .orElseThrow(
                        () ->
                                CommandFailure.of(
                                        ErrorCode.NOT_FOUND,
                                        "there is no hook point '"
                                                + label
                                                + "'; there are: "
                                                + String.join(", ", labels())));
    }

    private static List<String> labels() {
        return Stream.of(HookPoint.values()).map(HookPoint::label).toList();
    }
}
