package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.trinity.api.config.PluginSettings.PluginSetting;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

class PolicyComponentTest {
    private static final String FACTORY = "io.trinity.plugin";

    private final List<Configuration> stored = new ArrayList<>();

    @Test
    void withoutConfigurationTheDefaultIsInEffect() {
        assertEquals(EffectivePolicy.DEFAULT, component().current());
    }

    @Test
    void aPluginIsNamedByItsPropertyOrItsPidOrItsFile() {
        store("io.trinity.plugin~one", FACTORY, Map.of("queue", 1));
        store("io.trinity.plugin~x", FACTORY, Map.of("queue", 2, "plugin", " two "));
        store(
                "io.trinity.plugin.8f3a",
                FACTORY,
                Map.of(
                        "queue",
                        3,
                        "felix.fileinstall.filename",
                        "file:/home/conf/io.trinity.plugin-depth-map.cfg"));
        EffectivePolicy p = component().current();
        assertEquals(1, p.limits("one").queue());
        assertEquals(2, p.limits("two").queue());
        assertEquals(3, p.limits("depth-map").queue());
        assertEquals(3, p.plugins().size());
    }

    @Test
    void aConfigurationThatNamesNoPluginHasNoEffect() {
        store("io.trinity.plugin.8f3a", FACTORY, Map.of("queue", 3));
        store("io.trinity.plugin.8f3b", FACTORY, Map.of("queue", 3, "plugin", " "));
        assertEquals(Map.of(), component().current().plugins());
    }

    @Test
    void ofTwoConfigurationsOfOnePluginAlwaysTheSameIsInEffect() {
        for (int order = 0; order < 2; order++) {
            stored.clear();
            store("io.trinity.plugin~b", FACTORY, Map.of("queue", 2, "plugin", "lidar"));
            store("io.trinity.plugin~a", FACTORY, Map.of("queue", 1, "plugin", "lidar"));
            if (order == 1) {
                java.util.Collections.reverse(stored);
            }
            assertEquals(1, component().current().limits("lidar").queue());
        }
    }

    @Test
    void aChangeIsInEffectWhenItsEventReturnsAndForeignOnesAreNotRead() {
        PolicyComponent c = component();
        store("io.trinity.limits", null, Map.of("queue", 9));
        EffectivePolicy before = c.current();
        c.configurationEvent(event(ConfigurationEvent.CM_UPDATED, null, "org.other"));
        c.configurationEvent(
                event(ConfigurationEvent.CM_LOCATION_CHANGED, null, "io.trinity.limits"));
        assertSame(before, c.current());

        c.configurationEvent(event(ConfigurationEvent.CM_UPDATED, null, "io.trinity.limits"));
        assertEquals(9, c.current().defaults().queue());

        store("io.trinity.policy", null, Map.of("grantLowRisk", "false"));
        c.configurationEvent(event(ConfigurationEvent.CM_UPDATED, null, "io.trinity.policy"));
        assertEquals(false, c.current().grantLowRisk());

        store("io.trinity.plugin~lidar", FACTORY, Map.of("queue", 1));
        c.configurationEvent(
                event(ConfigurationEvent.CM_UPDATED, FACTORY, "io.trinity.plugin~lidar"));
        assertEquals(1, c.current().limits("lidar").queue());

        stored.clear();
        c.configurationEvent(
                event(ConfigurationEvent.CM_DELETED, FACTORY, "io.trinity.plugin~lidar"));
        assertEquals(EffectivePolicy.DEFAULT, c.current());
    }

    @Test
    void anInvalidValueLeavesTheLastGoodOneInEffect() {
        store("io.trinity.limits", null, Map.of("queue", 9));
        PolicyComponent c = component();
        stored.clear();
        store("io.trinity.limits", null, Map.of("queue", "nine"));
        c.configurationEvent(event(ConfigurationEvent.CM_UPDATED, null, "io.trinity.limits"));
        assertEquals(9, c.current().defaults().queue());
    }

    private static @Nullable String configured(PolicyComponent c, String key) {
        return c.current().plugins().get("lidar").settings().values().get(key);
    }

    private static Manifest lidar(String key, Manifest.Setting setting) {
        return new Manifest(
                new Version(0, 1, 0),
                "lidar",
                new Version(1, 2, 0),
                Optional.empty(),
                "",
                "",
                "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                1,
                1,
                Optional.empty(),
                Map.of(key, setting),
                List.of());
    }

    @Test
    void settingsAreReadAnewWhenThePluginThatDeclaresThemComesAndGoes() {
        store(
                "io.trinity.plugin~lidar",
                FACTORY,
                Map.of("config.beams", "many", "felix.fileinstall.filename", "file:/h/conf/x.cfg"));
        PolicyComponent c = component();
        assertEquals("many", configured(c, "beams"));
        assertEquals(List.of(), c.settings("io.trinity.plugin~lidar"));

        Manifest manifest =
                lidar("beams", new Manifest.Setting(SettingType.INTEGER, Optional.of("8"), ""));
        c.opened(manifest);
        assertEquals(null, configured(c, "beams"));
        PluginSetting beams = c.settings("io.trinity.plugin~lidar").get(0);
        assertEquals(Optional.of("8"), beams.value());
        assertEquals(true, beams.problem().orElse("").contains("'many' is not a whole number"));

        c.closed(manifest);
        assertEquals(List.of(), c.settings("io.trinity.plugin~lidar"));
    }

    private PolicyComponent component() {
        return new PolicyComponent(
                (ConfigurationAdmin)
                        proxy(
                                ConfigurationAdmin.class,
                                "listConfigurations",
                                () ->
                                        stored.isEmpty()
                                                ? null
                                                : stored.toArray(Configuration[]::new)));
    }

    private void store(String pid, @Nullable String factory, Map<String, Object> values) {
        Dictionary<String, Object> properties = new Hashtable<>(values);
        stored.add(
                (Configuration)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Configuration.class},
                                (p, method, arguments) ->
                                        switch (method.getName()) {
                                            case "getPid" -> pid;
                                            case "getFactoryPid" -> factory;
                                            case "getProperties" -> properties;
                                            default ->
                                                    throw new UnsupportedOperationException(
                                                            method.toString());
                                        }));
    }

    private static ConfigurationEvent event(int type, @Nullable String factory, String pid) {
        ServiceReference<?> admin =
                (ServiceReference<?>) proxy(ServiceReference.class, "", () -> null);
        @SuppressWarnings("unchecked")
        ServiceReference<ConfigurationAdmin> reference =
                (ServiceReference<ConfigurationAdmin>) admin;
        return new ConfigurationEvent(reference, type, factory, pid);
    }

    private static Object proxy(
            Class<?> type, String answers, java.util.function.Supplier<@Nullable Object> answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (p, method, arguments) -> {
                    if (!method.getName().equals(answers)) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return answer.get();
                });
    }
}
