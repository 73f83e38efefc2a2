package io.trinity.shell.terminal;

import io.trinity.api.home.Home;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The prompt, while whoever started the framework has a terminal to give away: a {@link Runnable}
 * with the property {@code trinity.terminal=true}, which is run when the person has left. Gogo's
 * own shell would print exceptions as they are, and keep its history in the user's home. Names
 * nothing of JLine, which elsewhere need not be there.
 */
@Component(
        service = {},
        immediate = true)
public final class TerminalShell {
    /** Where Gogo's own shell looks for its profile. */
    private static final String PROFILE_HOME = "gosh.home";

    private static final String PROFILE = "etc/gosh_profile";

    private final BundleContext context;
    private final Home home;
    private final CommandProcessor processor;
    private @Nullable Prompt prompt;

    @Activate
    public TerminalShell(
            BundleContext context, @Reference Home home, @Reference CommandProcessor processor) {
        this.context = context;
        this.home = home;
        this.processor = processor;
    }

    @Reference(
            target = "(trinity.terminal=true)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC)
    synchronized void bindTerminal(Runnable left) {
        prompt =
                new Prompt(
                        processor,
                        home.data(),
                        Path.of(String.valueOf(context.getProperty(PROFILE_HOME)), PROFILE),
                        left);
        prompt.start();
    }

    /** The terminal is taken back. */
    void unbindTerminal(Runnable left) {
        close();
    }

    @Deactivate
    synchronized void close() {
        if (prompt != null) {
            prompt.stop();
            prompt = null;
        }
    }
}
