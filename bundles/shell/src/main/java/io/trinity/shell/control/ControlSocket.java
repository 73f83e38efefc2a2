package io.trinity.shell.control;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The home's control socket, open while Gogo is there to run its lines. */
@Component(
        service = {},
        immediate = true)
public final class ControlSocket {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);

    private final ControlServer server;

    /** Whose processor runs lines without a session of its own. */
    private static final String GOGO = "org.apache.felix.gogo.runtime";

    /**
     * For DS.
     *
     * @param processors all that there are: Karaf has one of its own, which answers nobody without
     *     a session of Karaf's, and may be there before Gogo's
     */
    @Activate
    public ControlSocket(
            BundleContext context,
            @Reference Home home,
            @Reference(
                            service = CommandProcessor.class,
                            cardinality = ReferenceCardinality.AT_LEAST_ONE,
                            policyOption = ReferencePolicyOption.GREEDY)
                    List<ServiceReference<CommandProcessor>> processors)
            throws IOException {
        CommandProcessor processor = context.getService(choose(processors));
        Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        server = ControlServer.open(home.data(), temporary, new GogoLines(processor));
        LOG.info(
                "control socket open socket={} maxClients={}",
                server.socket(),
                ControlServer.MAX_CLIENTS);
    }

    private static ServiceReference<CommandProcessor> choose(
            List<ServiceReference<CommandProcessor>> processors) {
        return processors.stream()
                .filter(r -> r.getBundle() != null)
                .filter(r -> GOGO.equals(r.getBundle().getSymbolicName()))
                .findFirst()
                .orElseGet(() -> processors.get(0));
    }

    @Deactivate
    void close() throws IOException {
        server.close();
    }
}
