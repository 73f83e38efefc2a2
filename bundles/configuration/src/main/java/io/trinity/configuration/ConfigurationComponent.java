package io.trinity.configuration;

import io.trinity.api.config.Configurations;
import io.trinity.api.config.Places;
import io.trinity.api.config.PluginSettings;
import io.trinity.api.config.PluginSettings.PluginSetting;
import io.trinity.api.home.FileWords;
import io.trinity.api.home.Home;
import io.trinity.api.log.PeriodicTask;
import io.trinity.api.plugin.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the files of {@code conf/} into Config Admin: all of them before its activation ends, so
 * that whoever is started later begins with what they say, and each change when it has been still
 * for a quarter of a second. It does nothing where the framework has no {@link Home#CONF_PROPERTY}:
 * there somebody else, as FileInstall, configures.
 */
@Component(service = Configurations.class, immediate = true)
public final class ConfigurationComponent implements Configurations {
    /** What FileInstall writes into a configuration that it made: the URI of the file. */
    static final String FILE = "felix.fileinstall.filename";

    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationComponent.class);
    private static final String PLUGIN_PID = Schema.PLUGIN + "~";

    /** Set by what configures the log, which begins before there are services. */
    private static final String LOG_PROBLEM = "trinity.log.problem";

    private static final int POLL_MILLIS = 250;

    private final BundleContext context;
    private final ConfigurationAdmin admin;
    private final MetaTypeService metatype;
    private final Complaints complaints =
            new Complaints(p -> LOG.warn("code=CONFIG_INVALID {}", p));
    private final List<Path> folders;
    private final @Nullable ConfigurationFolder files;
    private final @Nullable ScheduledExecutorService thread;
    private final Map<Pid, ConfFile> inEffect = new HashMap<>();
    private final Map<String, Map<String, Object>> lastGood = new HashMap<>();
    private volatile Map<String, String> places = Map.of();
    private List<Problem> problems = List.of();
    private volatile Map<String, String> unread = Map.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable PluginSettings pluginSettings;

    /** Set by Karaf: the folder whose .cfg files its FileInstall reads. */
    private static final String KARAF_ETC = "karaf.etc";

    /** For DS. */
    @Activate
    public ConfigurationComponent(
            BundleContext context,
            @Reference ConfigurationAdmin admin,
            @Reference MetaTypeService metatype) {
        this.context = context;
        this.admin = admin;
        this.metatype = metatype;
        Places.tell(this::placeForMessages);
        @Nullable String conf = context.getProperty(Home.CONF_PROPERTY);
        if (conf == null || conf.isBlank()) {
            LOG.info("configuration is Config Admin's: {} is not set", Home.CONF_PROPERTY);
            this.folders = List.of();
            this.files = null;
            this.thread = null;
            return;
        }
        List<Path> all = new ArrayList<>();
        all.add(Path.of(conf).toAbsolutePath().normalize());
        @Nullable String defaults = context.getProperty(Home.CONF_DEFAULTS_PROPERTY);
        if (defaults != null && !defaults.isBlank()) {
            all.add(Path.of(defaults).toAbsolutePath().normalize());
        }
        this.folders = List.copyOf(all);
        this.files = new ConfigurationFolder(folders);
        look(files, false);
        LOG.info("configuration active folders={} files={}", folders, inEffect.size());
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        r -> {
                            Thread t = new Thread(r, "trinity-configuration");
                            t.setDaemon(true);
                            return t;
                        });
        thread.scheduleWithFixedDelay(
                new PeriodicTask(() -> look(files, true), ConfigurationComponent::failed),
                POLL_MILLIS,
                POLL_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Ends the looking; what is configured stays. */
    @Deactivate
    void deactivate() {
        Places.tell(Places::usual);
        ScheduledExecutorService t = thread;
        if (t != null) {
            t.shutdownNow();
        }
    }

    @Override
    public synchronized String place(String any) {
        String pid = resolve(any);
        Path file = file(pid);
        return file == null ? elsewhere(pid) : "conf/" + file.getFileName();
    }

    /** The same without a look at Config Admin, and without the lock. */
    private String placeForMessages(String any) {
        PluginSettings plugins = pluginSettings;
        String pid =
                places.containsKey(any) || plugins == null || !any.startsWith(PLUGIN_PID)
                        ? any
                        : plugins.pid(any.substring(PLUGIN_PID.length()));
        String place = places.get(pid);
        if (place != null) {
            return place;
        }
        return folders.isEmpty() ? elsewhere(pid) : Places.usual(pid);
    }

    /** Where others bring configurations into Config Admin: Karaf does, from its folder etc. */
    private String elsewhere(String pid) {
        return context.getProperty(KARAF_ETC) == null
                ? "Config Admin (" + pid + ")"
                : "etc/" + pid.replaceFirst("~", "-") + ".cfg";
    }

    /** A plugin's configuration may be named otherwise than the plugin. */
    private String resolve(String pid) {
        PluginSettings plugins = pluginSettings;
        return plugins == null || !pid.startsWith(PLUGIN_PID) || find(pid).isPresent()
                ? pid
                : plugins.pid(pid.substring(PLUGIN_PID.length()));
    }

    /** The file that a configuration stands in, or would; none where it is Config Admin's. */
    private @Nullable Path file(String pid) {
        for (Map.Entry<Pid, ConfFile> e : inEffect.entrySet()) {
            if (e.getKey().toString().equals(pid)) {
                return e.getValue().path();
            }
        }
        if (folders.isEmpty() || find(pid).isPresent()) {
            return null;
        }
        return folders.get(0).resolve(pid.replaceFirst("~", "-") + ".cfg");
    }

    @Override
    public synchronized String change(
            String pid, Function<Function<String, List<String>>, List<Change>> edit)
            throws Refused {
        Path file = file(pid);
        ConfigurationFolder conf = files;
        try {
            if (file == null || conf == null) {
                changeConfiguration(pid, edit);
            } else {
                byte[] before = FileReplacement.read(file);
                byte[] after = ChangedFile.of(String.valueOf(file.getFileName()), before, edit);
                if (!Arrays.equals(before, after)) {
                    FileReplacement.write(file, after);
                }
                conf.reread(file);
                apply(conf, false);
            }
        } catch (IOException e) {
            throw new Refused(
                    ErrorCode.STORE_FAILED,
                    place(pid) + " could not be read again: " + FileWords.of(e),
                    "see the log, and make room on the disk");
        }
        return place(pid);
    }

    private void changeConfiguration(
            String pid, Function<Function<String, List<String>>, List<Change>> edit)
            throws IOException {
        Optional<Configuration> there = find(pid);
        Dictionary<String, Object> stored = there.map(Configuration::getProperties).orElse(null);
        Hashtable<String, Object> values = new Hashtable<>();
        if (stored != null) {
            Collections.list(stored.keys()).forEach(k -> values.put(k, stored.get(k)));
        }
        for (Change c : edit.apply(k -> ChangedFile.items(values.get(k)))) {
            if (c.items().isEmpty()) {
                values.remove(c.key());
            } else {
                values.put(c.key(), c.items().toArray(new String[0]));
            }
        }
        int at = pid.indexOf('~');
        Configuration c =
                there.isPresent()
                        ? there.get()
                        : at < 0
                                ? admin.getConfiguration(pid, "?")
                                : admin.getFactoryConfiguration(
                                        pid.substring(0, at), pid.substring(at + 1), "?");
        c.update(values);
    }

    private Optional<Configuration> find(String pid) {
        try {
            for (Configuration c : list("(service.pid=*)")) {
                if (c.getPid().equals(pid) && c.getProperties() != null) {
                    return Optional.of(c);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized List<Setting> settings(Optional<String> pid) {
        Map<String, Map<String, Object>> stored = new HashMap<>();
        try {
            for (Configuration c : list("(service.pid=*)")) {
                Dictionary<String, Object> values = c.getProperties();
                if (values != null) {
                    Map<String, Object> copy = new LinkedHashMap<>();
                    Collections.list(values.keys()).forEach(k -> copy.put(k, values.get(k)));
                    stored.put(c.getPid(), copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, ConfFile> byPid = new HashMap<>();
        inEffect.forEach((p, f) -> byPid.put(p.toString(), f));
        return new Listing(Schema.of(context, metatype), stored, byPid, lastGood, this::ofPlugin)
                .settings(pid.map(this::resolve));
    }

    @Override
    public synchronized List<String> problems() {
        List<Problem> all = new ArrayList<>(problems);
        inEffect.forEach(
                (pid, file) -> {
                    for (PluginSetting s : ofPlugin(pid.toString())) {
                        int line = file.lines().getOrDefault(s.key(), 0);
                        s.problem()
                                .ifPresent(
                                        t -> all.add(new Problem(file.name(), line, s.key(), t)));
                    }
                });
        List<String> lines = new ArrayList<>(all.stream().map(Problem::toString).toList());
        @Nullable String log = System.getProperty(LOG_PROBLEM);
        if (log != null && files != null) {
            lines.add(log);
        }
        return List.copyOf(lines);
    }

    private List<PluginSetting> ofPlugin(String pid) {
        PluginSettings plugins = pluginSettings;
        return plugins == null ? List.of() : plugins.settings(pid);
    }

    private synchronized void look(ConfigurationFolder conf, boolean wait) {
        try {
            if (conf.look(wait) || !wait) {
                apply(conf, !wait);
            }
        } catch (IOException | RuntimeException | Error e) {
            // Whatever it is: the first look must not keep the component from being there.
            failed(e);
        }
    }

    private static void failed(Throwable e) {
        LOG.error("code=STORE_FAILED conf/ is not brought into Config Admin: {}", e.toString(), e);
    }

    private void apply(ConfigurationFolder conf, boolean first) throws IOException {
        Map<Pid, String> holders = new HashMap<>();
        inEffect.forEach((pid, f) -> holders.put(pid, f.name()));
        Assignment now = Assignment.of(conf.files(), holders);
        List<Problem> found = new ArrayList<>(conf.odd());
        conf.files().forEach(f -> found.addAll(f.problems()));
        found.addAll(now.problems());
        Validation validation = new Validation(Schema.of(context, metatype));
        List<Problem> elsewhere = new ArrayList<>();
        now.files()
                .forEach(
                        (pid, f) -> {
                            List<Problem> wrong = validation.of(pid, f);
                            keepGood(pid, f, wrong);
                            for (Problem p : wrong) {
                                boolean told = isToldByItsComponent(pid, p);
                                (told ? elsewhere : found).add(p);
                            }
                        });
        complaints.now(found);
        found.addAll(elsewhere);
        problems = List.copyOf(found);
        Map<String, String> names = new HashMap<>();
        now.files().forEach((pid, f) -> names.put(pid.toString(), "conf/" + f.name()));
        places = names;
        if (first) {
            sweep(now.files());
        }
        for (Map.Entry<Pid, ConfFile> e : List.copyOf(inEffect.entrySet())) {
            Pid pid = e.getKey();
            if (!now.files().containsKey(pid)) {
                LOG.info("pid={} configuration dropped: conf/{} is gone", pid, e.getValue().name());
                delete(pid);
                inEffect.remove(pid);
                lastGood.remove(pid.toString());
            }
        }
        unread = unread(now.files());
        for (Map.Entry<Pid, ConfFile> e : now.files().entrySet()) {
            ConfFile before = inEffect.put(e.getKey(), e.getValue());
            if (e.getValue() != before && e.getValue().values().isPresent()) {
                update(e.getKey(), e.getValue());
            }
        }
    }

    private Map<String, String> unread(Map<Pid, ConfFile> files) throws IOException {
        Set<String> known = ours().stream().map(Configuration::getPid).collect(Collectors.toSet());
        Map<String, String> unread = new HashMap<>();
        files.forEach(
                (pid, f) -> {
                    if (f.values().isEmpty() && !known.contains(pid.toString())) {
                        unread.put(
                                pid.toString(),
                                f.problems().isEmpty()
                                        ? "conf/" + f.name()
                                        : f.problems().get(0).toString());
                    }
                });
        return Map.copyOf(unread);
    }

    @Override
    public Map<String, String> unread() {
        return unread;
    }

    /** What components keep where a value is not valid: the last one that was. */
    private void keepGood(Pid pid, ConfFile file, List<Problem> wrong) {
        if (file.values().isEmpty()) {
            return;
        }
        Map<String, Object> before = lastGood.getOrDefault(pid.toString(), Map.of());
        Map<String, Object> good = new HashMap<>(file.values().get());
        for (Problem p : wrong) {
            good.remove(p.key());
            Object last = before.get(p.key());
            if (last != null) {
                good.put(p.key(), last);
            }
        }
        lastGood.put(pid.toString(), good);
    }

    /** Invalid values all components tell of, with what stays; unknown keys only the policy. */
    private static boolean isToldByItsComponent(Pid pid, Problem p) {
        boolean policy =
                pid.pid().equals(Schema.PLUGIN)
                        || pid.pid().equals(Schema.LIMITS)
                        || pid.pid().equals("io.trinity.policy");
        return !p.key().isEmpty() && (policy || !p.text().startsWith(Validation.UNKNOWN));
    }

    private void update(Pid pid, ConfFile file) throws IOException {
        Hashtable<String, Object> values = new Hashtable<>(file.values().orElseThrow());
        values.put(FILE, uri(file.path()));
        Configuration c =
                pid.name().isPresent()
                        ? admin.getFactoryConfiguration(pid.pid(), pid.name().get(), "?")
                        : admin.getConfiguration(pid.pid(), "?");
        if (c.updateIfDifferent(values)) {
            LOG.info("pid={} configured by conf/{}", pid, file.name());
        }
    }

    private void delete(Pid pid) throws IOException {
        for (Configuration c : ours()) {
            if (c.getPid().equals(pid.toString())) {
                c.delete();
            }
        }
    }

    /**
     * Takes back what came from files that were removed, or named otherwise, while the host was
     * down.
     */
    private void sweep(Map<Pid, ConfFile> now) throws IOException {
        Set<String> pids = now.keySet().stream().map(Pid::toString).collect(Collectors.toSet());
        for (Configuration c : ours()) {
            if (!pids.contains(c.getPid())) {
                LOG.warn(
                        "pid={} configuration dropped: its file {} was removed while the host was"
                                + " down",
                        c.getPid(),
                        c.getProperties().get(FILE));
                c.delete();
            }
        }
    }

    /** All that came from files of these folders, whoever read them. */
    private List<Configuration> ours() throws IOException {
        List<Configuration> ours = new ArrayList<>();
        for (Configuration c : list("(" + FILE + "=*)")) {
            Dictionary<String, Object> values = c.getProperties();
            String file = values == null ? "" : String.valueOf(values.get(FILE));
            if (folders.stream().anyMatch(f -> file.startsWith(uri(f)))) {
                ours.add(c);
            }
        }
        return ours;
    }

    /** FileInstall's form: {@code file:/home/…}, of a folder with a slash at the end. */
    static String uri(Path path) {
        return path.toFile().toURI().toString();
    }

    private Configuration[] list(String filter) throws IOException {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
    }
}
