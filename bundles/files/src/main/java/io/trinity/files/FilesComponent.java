package io.trinity.files;

import io.trinity.api.config.ConfigValues;
import io.trinity.api.home.Home;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Grants;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code files} and {@code file-changes} share: scopes, limits, counts and threads. */
@Component(service = FilesComponent.class, immediate = true, configurationPid = FilesSettings.PID)
@Designate(ocd = FilesDefinition.class)
public final class FilesComponent {
    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);

    /** Framework property: the folder of the host's own code. */
    private static final String DISTRIBUTION = "trinity.distribution";

    /** A scope belongs to a name: any file's digest gives the same. */
    private final Grants grants;

    private final @Nullable Home home;
    private final DiskThreads threads = new DiskThreads();
    private final DirectoryTroubles troubles = new DirectoryTroubles();
    private final CallBytes read = new CallBytes("maxCallReadBytes", "read");
    private final CallBytes written = new CallBytes("maxCallWriteBytes", "write");
    private final WrittenBytes total = new WrittenBytes();
    private final FileReading reading;
    private final FileChanging changing;
    private volatile FilesSettings settings = FilesSettings.DEFAULT;

    /** For DS. */
    @Activate
    public FilesComponent(
            @Reference Grants grants, BundleContext context, Map<String, Object> configuration) {
        this(
                grants,
                home(context.getProperty(Home.PROPERTY)),
                path(context.getProperty(DISTRIBUTION)),
                configuration,
                FileChannel::write);
    }

    /**
     * @param home null where there is none: then a directory in a scope has to be absolute
     * @param distribution null where it is not known
     * @param disk what writes
     */
    FilesComponent(
            Grants grants,
            @Nullable Home home,
            @Nullable Path distribution,
            Map<String, Object> configuration,
            Copying.Disk disk) {
        this.grants = grants;
        this.home = home;
        ProtectedPaths places = new ProtectedPaths(home, distribution);
        this.reading = new FileReading(places);
        this.changing = new FileChanging(places, disk);
        modified(configuration);
    }

    private static @Nullable Home home(@Nullable String property) {
        return property == null ? null : Home.of(property);
    }

    private static @Nullable Path path(@Nullable String property) {
        return property == null ? null : Path.of(property);
    }

    /** Takes effect at the next host call. */
    @Modified
    final void modified(Map<String, Object> configuration) {
        settings =
                FilesSettings.read(
                        new ConfigValues(
                                FilesSettings.PID,
                                configuration,
                                p -> LOG.warn("code=CONFIG_INVALID {}", p)),
                        settings);
        LOG.info("files active {}", settings);
    }

    /** Interrupts what is under way. */
    @Deactivate
    void deactivate() {
        threads.close();
    }

    /** What applies to a call about a path, with the directory that the scope allows now. */
    PathCall begin(HostCall call, Capability capability, String text) throws HostFailure {
        FilesSettings limits = settings;
        PluginPath path = PluginPath.of(text, limits);
        Path granted = granted(call.plugin(), capability).find(path);
        Deadline deadline = new Deadline(call.deadlineNanos());
        return new PathCall(call, capability, path, granted, limits, deadline);
    }

    /** The directories that the scope allows the caller now. */
    GrantedDirectories granted(PluginRef plugin, Capability capability) {
        return new GrantedDirectories(
                plugin,
                capability,
                grants.scope(plugin.name(), capability),
                home == null ? null : home.root());
    }

    /** Runs a task in a granted directory. */
    <T> T run(PathCall at, DiskThreads.Task<T> task) throws HostFailure {
        return threads.run(
                at.call(),
                at.path().toString(),
                at.deadline(),
                troubles.watched(at.call().plugin(), at.capability(), at.granted(), task));
    }

    CallBytes.Meter readMeter(HostCall call) {
        return read.meter(call, settings.maxCallReadBytes());
    }

    /** What the caller may write, in this call and at all. */
    FileChanging.Quota quota(HostCall call) {
        FilesSettings now = settings;
        CallBytes.Meter meter = written.meter(call, now.maxCallWriteBytes());
        return bytes -> {
            meter.count(bytes);
            total.count(call.plugin().name(), bytes, now.maxWrittenBytes());
        };
    }

    WrittenBytes total() {
        return total;
    }

    FileReading reading() {
        return reading;
    }

    FileChanging changing() {
        return changing;
    }
}
