package io.trinity.pipeline;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.host.Streams;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.stream.Chunk;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Interface {@code streams} of the contract: named queues that all pipelines and plugins share. */
@Component(service = HostInterface.class, immediate = true, configurationPid = StreamsComponent.PID)
@Designate(ocd = StreamsDefinition.class)
public final class StreamsComponent implements Streams {
    static final String PID = "io.trinity.streams";

    private static final Logger LOG = LoggerFactory.getLogger(StreamsComponent.class);
    private static final List<String> DEFAULT = List.of("events");

    private Set<String> names = Set.of();
    private int capacity = 64;
    private volatile StreamQueues queues = new StreamQueues(Set.of(), 64);

    /** For DS. */
    @Activate
    public StreamsComponent(Map<String, Object> configuration) {
        modified(configuration);
    }

    /** Chunks that wait are kept unless names or capacity change. */
    @Modified
    final synchronized void modified(Map<String, Object> configuration) {
        ConfigValues values =
                new ConfigValues(PID, configuration, p -> LOG.warn("code=CONFIG_INVALID {}", p));
        Set<String> now = new TreeSet<>(values.names("streams", DEFAULT));
        int chunks = (int) values.number("streamChunks", 64, capacity, 1, 4096);
        if (!now.equals(names) || chunks != capacity) {
            names = now;
            capacity = chunks;
            StreamQueues old = queues;
            queues = new StreamQueues(now, chunks);
            old.close();
        }
        for (String key : configuration.keySet()) {
            boolean member =
                    key.startsWith(StreamMembers.PUSH) || key.startsWith(StreamMembers.PULL);
            if (member && !now.contains(key.substring(StreamMembers.PUSH.length()))) {
                LOG.warn("code=CONFIG_INVALID {} {} is about no stream of {}", PID, key, now);
            }
        }
        queues.members(StreamMembers.of(values, now));
        LOG.info("streams active streams={} streamChunks={}", now, chunks);
    }

    @Deactivate
    void deactivate() {
        queues.close();
    }

    @Override
    public void push(HostCall call, List<Chunk> chunks) throws HostFailure {
        queues.push(call, chunks);
    }

    @Override
    public List<Chunk> pull(HostCall call, String name, long limit, long timeoutMillis)
            throws HostFailure {
        return queues.pull(call, name, limit, timeoutMillis);
    }
}
