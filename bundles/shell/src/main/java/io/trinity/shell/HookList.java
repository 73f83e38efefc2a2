package io.trinity.shell;

import io.trinity.api.hook.HookSnapshot;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code hook:list}. */
@Component(
        service = HookList.class,
        immediate = true,
        property = {"osgi.command.scope=hook", "osgi.command.function=list"})
public final class HookList {
    static final String USAGE = "hook:list [--json]";

    private final HookNames hooks;

    @Activate
    public HookList(@Reference HookNames hooks) {
        this.hooks = hooks;
    }

    @Descriptor("all hooks in the order in which they run; usage: " + USAGE)
    public @Nullable String list(@Descriptor("[--json]") String... arguments) {
        boolean json = CommandLine.parse(USAGE, arguments).has("--json");
        List<HookSnapshot> all = hooks.require().list();
        return Answer.of(
                json
                        ? Json.write(all.stream().map(HookText::fields).toList())
                        : HookText.table(all));
    }
}
