package io.trinity.http;

import io.trinity.api.config.Configurations;
import io.trinity.api.metric.HostMetrics;
import io.trinity.api.pipeline.Pipeline;
import io.trinity.api.registry.PluginRegistry;
import io.trinity.api.reload.Reloader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Looks at the running host for the servlet. */
@Component(service = HostFacts.class)
public final class HostFacts implements HostServlet.Facts {
    private static final String RELOAD_THREAD = "trinity-reload";

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PluginRegistry registry;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Reloader reloader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable HostMetrics metrics;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Configurations configurations;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    volatile List<Pipeline> pipelines = List.of();

    /** For DS. */
    @Activate
    public HostFacts() {}

    @Override
    public Liveness liveness() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        List<String> deadlocked = new ArrayList<>();
        long[] ids = threads.findDeadlockedThreads();
        if (ids != null) {
            for (ThreadInfo t : threads.getThreadInfo(ids)) {
                if (t != null) {
                    deadlocked.add(t.getThreadName());
                }
            }
        }
        Set<String> needed = reloader == null ? Set.of() : Set.of(RELOAD_THREAD);
        return Liveness.of(deadlocked, needed, needed.isEmpty() ? Set.of() : threadNames());
    }

    private static Set<String> threadNames() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group.getParent() != null) {
            group = group.getParent();
        }
        Thread[] all = new Thread[2 * group.activeCount() + 16];
        int count = group.enumerate(all, true);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            names.add(all[i].getName());
        }
        return names;
    }

    @Override
    public Readiness readiness() {
        Configurations files = configurations;
        return Readiness.of(
                starting(),
                files == null ? List.of() : files.unread().values().stream().sorted().toList(),
                pipelines.stream().map(Pipeline::status).collect(Collectors.toList()));
    }

    /** Once it was up, a plugin that is being loaded makes it no less so. */
    Optional<String> starting() {
        Reloader loads = reloader;
        if (registry == null || loads == null) {
            return Optional.of("its services are not there yet");
        }
        return loads.restored()
                ? Optional.empty()
                : Optional.of("the plugins that were there at the start are being loaded");
    }

    @Override
    public Exposition.Body metrics(String accept) throws IOException {
        HostMetrics source = metrics;
        return Exposition.of(source == null ? List.of() : source.samples(), accept);
    }
}
