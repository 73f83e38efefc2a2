package io.trinity.policy;

import io.trinity.api.config.Places;
import io.trinity.api.config.PluginSettings;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.policy.Policies;
import io.trinity.api.policy.SettingDeclarations;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy in effect, read anew at every change of configuration. It listens instead of being
 * configured, so that no component is rebuilt by a change: that would cost guests their memory.
 */
@Component(
        service = {
            Policies.class,
            SettingDeclarations.class,
            PolicyComponent.class,
            PluginSettings.class,
            SynchronousConfigurationListener.class
        },
        immediate = true)
public final class PolicyComponent
        implements Policies, SettingDeclarations, PluginSettings, SynchronousConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyComponent.class);

    private final ConfigurationAdmin admin;
    private final PolicyAudit audit = new PolicyAudit();
    private final DeclaredSettings declared = new DeclaredSettings();
    private volatile EffectivePolicy policy = EffectivePolicy.DEFAULT;
    private volatile Map<String, String> pids = Map.of();
    private volatile Set<String> told = Set.of();
    private Map<String, Object> limits = Map.of();
    private Map<String, Object> general = Map.of();
    private Map<String, Map<String, Object>> plugins = Map.of();
    private Set<String> misplaced = Set.of();

    /** For DS. */
    @Activate
    public PolicyComponent(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
        read();
    }

    /** To be told of who changes what. */
    PolicyAudit audit() {
        return audit;
    }

    @Override
    public EffectivePolicy current() {
        return policy;
    }

    @Override
    public String pid(String plugin) {
        for (Map.Entry<String, String> e : pids.entrySet()) {
            if (e.getValue().equals(plugin)) {
                return e.getKey();
            }
        }
        return PolicyReader.PLUGIN_FACTORY_PID + "~" + plugin;
    }

    /** The plugin that a configuration is in effect for. */
    Optional<String> owner(String pid) {
        return Optional.ofNullable(pids.get(pid));
    }

    @Override
    public void opened(Manifest manifest) {
        declared.opened(manifest);
        declared(manifest);
    }

    @Override
    public void closed(Manifest manifest) {
        declared.closed(manifest);
        declared(manifest);
    }

    private synchronized void declared(Manifest manifest) {
        if (plugins.containsKey(manifest.name())) {
            reread();
        }
    }

    @Override
    public List<PluginSetting> settings(String pid) {
        String plugin = pids.get(pid);
        Map<String, Manifest.Setting> keys = plugin == null ? null : declared.of(plugin);
        EffectivePolicy.PluginPolicy own = plugin == null ? null : policy.plugins().get(plugin);
        return keys == null || own == null ? List.of() : own.settings().of(keys);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        boolean ours =
                PolicyReader.LIMITS_PID.equals(event.getPid())
                        || PolicyReader.POLICY_PID.equals(event.getPid())
                        || PolicyReader.PLUGIN_FACTORY_PID.equals(event.getFactoryPid());
        if (ours && event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) {
            read();
        }
    }

    private synchronized void read() {
        Set<String> problems = new LinkedHashSet<>();
        limits = new HashMap<>();
        general = new HashMap<>();
        plugins = new TreeMap<>();
        Map<String, String> now = new TreeMap<>();
        for (Configuration c : configurations()) {
            Map<String, Object> values = values(c);
            if (PolicyReader.PLUGIN_FACTORY_PID.equals(c.getFactoryPid())) {
                Optional<String> name = pluginName(c, values);
                if (name.isEmpty()) {
                    problems.add(
                            place(c.getPid(), values)
                                    + ": names no plugin; it has no effect; set plugin=NAME");
                } else if (plugins.putIfAbsent(name.get(), values) != null) {
                    problems.add(
                            "%s: plugin '%s' is configured by %s already; this has no effect; keep"
                                            .formatted(
                                                    place(c.getPid(), values),
                                                    name.get(),
                                                    place(
                                                            "another configuration",
                                                            plugins.get(name.get())))
                                    + " one of the two");
                } else {
                    now.put(c.getPid(), name.get());
                }
            } else if (PolicyReader.LIMITS_PID.equals(c.getPid())) {
                limits.putAll(values);
            } else {
                general.putAll(values);
            }
        }
        EffectivePolicy before = policy;
        pids = now;
        misplaced = problems;
        reread();
        audit.changed(before, policy, List.of(limits, general), plugins);
        LOG.info(
                "policy grantLowRisk={} bindToDigest={} limits={} plugins={}",
                policy.grantLowRisk(),
                policy.bindToDigest(),
                policy.defaults(),
                policy.plugins().keySet());
    }

    /** What does not hold now, each with its file. */
    List<String> problems() {
        return List.copyOf(told);
    }

    /** The same configurations, for what plugins declare now. */
    private void reread() {
        Set<String> problems = new LinkedHashSet<>(misplaced);
        policy = new PolicyReader(policy, problems::add, declared).read(limits, general, plugins);
        problems.stream()
                .filter(p -> !told.contains(p))
                .forEach(p -> LOG.warn("code=CONFIG_INVALID {}", p));
        told = problems;
    }

    /** The file that values came from, else what is given. */
    private static String place(String otherwise, @Nullable Map<String, Object> values) {
        Object file = values == null ? null : values.get("felix.fileinstall.filename");
        return file == null ? otherwise : Places.ofFile(file.toString());
    }

    private Configuration[] configurations() {
        String filter =
                "(|(service.pid=%s)(service.pid=%s)(service.factoryPid=%s))"
                        .formatted(
                                PolicyReader.LIMITS_PID,
                                PolicyReader.POLICY_PID,
                                PolicyReader.PLUGIN_FACTORY_PID);
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            if (found == null) {
                return new Configuration[0];
            }
            // In one order, so that it does not depend on chance which of two is in effect.
            Arrays.sort(found, Comparator.comparing(Configuration::getPid));
            return found;
        } catch (IOException | InvalidSyntaxException e) {
            throw new IllegalStateException("configurations cannot be listed", e);
        }
    }

    private static Map<String, Object> values(Configuration c) {
        Map<String, Object> values = new TreeMap<>();
        Dictionary<String, Object> properties = c.getProperties();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(k -> values.put(k, properties.get(k)));
        }
        return values;
    }

    /**
     * Property {@code plugin}, else what follows {@code ~} in the PID, else the name of the file.
     */
    static Optional<String> pluginName(Configuration c, Map<String, Object> values) {
        Object named = values.get("plugin");
        if (named != null) {
            return Optional.of(named.toString().trim()).filter(n -> !n.isEmpty());
        }
        int tilde = c.getPid().indexOf('~');
        if (tilde >= 0) {
            return Optional.of(c.getPid().substring(tilde + 1));
        }
        String prefix = PolicyReader.PLUGIN_FACTORY_PID + "-";
        return Optional.ofNullable(values.get("felix.fileinstall.filename"))
                .map(Object::toString)
                .filter(f -> f.contains(prefix) && f.lastIndexOf('.') > f.lastIndexOf(prefix))
                .map(f -> f.substring(f.lastIndexOf(prefix) + prefix.length(), f.lastIndexOf('.')));
    }
}
