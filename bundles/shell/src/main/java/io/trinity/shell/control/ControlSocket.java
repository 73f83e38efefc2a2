package io.trinity.shell.control;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The home's control socket, open while Gogo is there to run its lines. */
@Component(
        service = {},
        immediate = true)
public final class ControlSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final ControlServer server;

    @Activate
    public ControlSocket(BundleContext context, @Reference CommandProcessor processor)
            throws IOException {
        Home home = Home.of(context.getProperty(Home.PROPERTY));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        server = ControlServer.open(home.data(), temporary, new GogoLines(processor));
        LOG.info(
                "control socket open socket={} maxClients={}",
                server.socket(),
                ControlServer.MAX_CLIENTS);
    }

    @Deactivate
    void close() throws IOException {
        server.close();
    }
}
