package io.trinity.shell;

import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Component;

/** {@code plugin:capabilities}: what completion offers. */
@Component(
        service = CapabilityNames.class,
        immediate = true,
        property = {"osgi.command.scope=plugin", "osgi.command.function=capabilities"})
public final class CapabilityNames {
    @Descriptor("the capabilities, for completion; usage: plugin:capabilities")
    public List<String> capabilities() {
        return labels();
    }

    /**
     * The capability of that label.
     *
     * @throws CommandFailure NOT_FOUND, naming those that exist
     */
    static Capability require(String label) {
        return Capability.byLabel(label)
                .orElseThrow(
                        () ->
                                CommandFailure.of(
                                        ErrorCode.NOT_FOUND,
                                        "there is no capability '"
                                                + label
                                                + "'; there are: "
                                                + String.join(", ", labels())));
    }

    private static List<String> labels() {
        return Stream.of(Capability.values()).map(Capability::label).toList();
    }
}
