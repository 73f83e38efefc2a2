package io.trinity.launcher;

import io.trinity.api.home.Home;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The framework with the distribution's bundles in it. Plugins are not its concern. */
final class HostFramework {
    /** Property of the service that says that the shell may have the terminal. */
    private static final String TERMINAL = "trinity.terminal";

    private static final long REFRESH_MILLIS = 20_000;

    private final Framework framework;
    private final Home home;
    private final Distribution distribution;
    private volatile boolean stopping;

    /** Makes it; nothing runs yet. */
    HostFramework(Home home, Distribution distribution) throws IOException {
        this.home = home;
        this.distribution = distribution;
        this.framework =
                ServiceLoader.load(FrameworkFactory.class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no framework on class path"))
                        .newFramework(FrameworkProperties.of(home, distribution));
    }

    /**
     * Brings the framework up: syncs the bundles, then lets the start levels rise. Returns quietly
     * where it was stopped meanwhile.
     *
     * @param interactive whether the shell may have the terminal
     * @throws Failure if a bundle cannot be installed or started
     */
    void start(boolean interactive) throws IOException {
        try {
            framework.init();
            if (!stopping) {
                sync(framework.getBundleContext(), home, distribution.bundles());
            }
            if (!stopping) {
                framework.start();
            }
            if (!stopping) {
                startShell(framework.getBundleContext());
            }
            if (interactive && !stopping) {
                giveTerminal();
            }
        } catch (BundleException | IllegalStateException e) {
            // What a framework says that is stopped under one's hands is no failure.
            if (!stopping) {
                throw new Failure("the framework does not start: " + e.getMessage(), e);
            }
        }
    }

    private static void startShell(BundleContext context) throws BundleException {
        Bundle shell = bundle(context, ShellBundle.NAME);
        if (shell != null) {
            ShellBundle.start(shell, bundle(context, "org.jline"));
        }
    }

    /**
     * Now that all is up, since the prompt means ready. It ends the host when the person leaves.
     */
    private void giveTerminal() {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(TERMINAL, Boolean.TRUE);
        framework.getBundleContext().registerService(Runnable.class, this::stopSoon, properties);
    }

    private void stopSoon() {
        stopping = true;
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new Failure("the framework does not stop: " + e.getMessage(), e);
        }
    }

    /** Stops the framework, also in the middle of its start, and waits for it. For any thread. */
    void stop(long millis) throws InterruptedException {
        stopSoon();
        framework.waitForStop(millis);
    }

    /** Waits until somebody stops it. */
    void awaitStop() throws InterruptedException {
        int type;
        do {
            type = framework.waitForStop(0).getType();
        } while (type == FrameworkEvent.STOPPED_UPDATE || type == FrameworkEvent.WAIT_TIMEDOUT);
    }

    private static void sync(BundleContext context, Home home, List<Path> files)
            throws IOException, BundleException {
        Path record = home.data().resolve("host-bundles.properties");
        Map<String, String> wanted = BundleDigests.of(files);
        List<String> installed =
                Arrays.stream(context.getBundles()).map(Bundle::getLocation).toList();
        BundleSync sync = BundleSync.between(installed, BundleDigests.read(record), wanted);
        if (sync.isEmpty()) {
            return;
        }
        List<Bundle> replaced = new ArrayList<>();
        for (String location : sync.uninstall()) {
            Bundle bundle = require(context, location);
            bundle.uninstall();
            replaced.add(bundle);
        }
        for (String location : sync.update()) {
            Bundle bundle = require(context, location);
            bundle.update();
            replaced.add(bundle);
        }
        List<Bundle> added = new ArrayList<>();
        for (String location : sync.install()) {
            added.add(context.installBundle(location));
        }
        refresh(context, replaced);
        added.addAll(replaced);
        mark(added);
        BundleDigests.write(record, wanted);
    }

    private static @Nullable Bundle bundle(BundleContext context, String symbolicName) {
        for (Bundle bundle : context.getBundles()) {
            if (symbolicName.equals(bundle.getSymbolicName())) {
                return bundle;
            }
        }
        return null;
    }

    private static Bundle require(BundleContext context, String location) {
        Bundle bundle = context.getBundle(location);
        if (bundle == null) {
            throw new IllegalStateException("no bundle at " + location);
        }
        return bundle;
    }

    /** Gives each bundle its level, and marks it to be started when that level is reached. */
    private static void mark(List<Bundle> bundles) throws IOException, BundleException {
        StartLevels levels = StartLevels.load();
        for (Bundle bundle : bundles) {
            if (bundle.getState() != Bundle.UNINSTALLED && !isFragment(bundle)) {
                bundle.adapt(BundleStartLevel.class)
                        .setStartLevel(levels.of(bundle.getSymbolicName()));
                if (!ShellBundle.NAME.equals(bundle.getSymbolicName())
                        && !Distribution.isOnDemand(bundle.getLocation())) {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                }
            }
        }
    }

    private static boolean isFragment(Bundle bundle) {
        return (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    private static void refresh(BundleContext context, List<Bundle> bundles) {
        if (bundles.isEmpty()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(bundles, event -> done.countDown());
        try {
            if (!done.await(REFRESH_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new Failure("the changed bundles were not refreshed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted while changed bundles were refreshed", e);
        }
    }
}
