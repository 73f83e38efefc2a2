package io.trinity.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.log.Asker;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;

class TerminalAskerTest {
    private static CommandSession session(String user) {
        return (CommandSession)
                Proxy.newProxyInstance(
                        TerminalAskerTest.class.getClassLoader(),
                        new Class<?>[] {CommandSession.class},
                        (proxy, method, arguments) -> method.getName().equals("get") ? user : null);
    }

    private static String asked(String user, String before) {
        CompletableFuture<String> asked = new CompletableFuture<>();
        Runnable line =
                () -> {
                    new TerminalAsker().beforeExecute(session(user), "plugin:pause x");
                    asked.complete(Asker.now());
                };
        new Thread(before == null ? line : () -> Asker.run(before, line)).start();
        return asked.join();
    }

    @Test
    void aSessionThatIsNotOfTheControlSocketIsTheTerminals() {
        assertEquals("terminal:karaf", asked("karaf", null));
        assertEquals("terminal:" + System.getProperty("user.name"), asked(null, null));
    }

    @Test
    void whoAskedAtTheControlSocketStaysWhoAsked() {
        assertEquals("user:root", asked("karaf", "user:root"));
    }
}
