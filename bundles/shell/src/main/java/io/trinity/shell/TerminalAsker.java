package io.trinity.shell;

import io.trinity.api.log.Asker;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.osgi.service.component.annotations.Component;

/**
 * Says who asks in sessions that do not come from the control socket: whoever sits at the terminal.
 * The threads of a session are its own and inherit it.
 */
@Component(service = CommandSessionListener.class, immediate = true)
public final class TerminalAsker implements CommandSessionListener {
    @Override
    public void beforeExecute(CommandSession session, CharSequence command) {
        if (!Asker.isKnown()) {
            Object user = session.get("USER");
            Asker.set(
                    "terminal:"
                            + (user == null ? System.getProperty("user.name", "unknown") : user));
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Exception exception) {}

    @Override
    public void afterExecute(CommandSession session, CharSequence command, Object result) {}
}
