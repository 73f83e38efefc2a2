package io.trinity.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * What every adapter must do: one typed service per plugin of its type. Runs the module as a bundle
 * in a framework.
 *
 * @param <T> the typed service
 */
public abstract class AdapterContract<T> {
    private final Class<T> service;
    private final ExtensionType type;
    private ServiceHouse house;

    /** For the adapter of this type. */
    @SuppressWarnings("NullAway.Init") // JUnit opens the house before each test
    protected AdapterContract(Class<T> service, ExtensionType type) {
        this.service = service;
        this.type = type;
    }

    /** Properties, besides name, version and type, that the plugin has from this version on. */
    protected abstract Map<String, Object> pluginProperties(int version);

    /** Properties, besides name and version, that the service has then. */
    protected abstract Map<String, Object> serviceProperties(String plugin, int version);

    /** What the service itself says then that its properties say too. */
    protected abstract List<Object> facts(T service);

    /** What {@link #facts} is then. */
    protected abstract List<Object> expectedFacts(String plugin, int version);

    @BeforeEach
    void open(@TempDir Path cache) throws BundleException {
        house = ServiceHouse.open(cache, Map.of());
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void aPluginOfTheTypeIsOneServiceWithItsProperties() {
        register("one", type, 1);
        ServiceReference<T> reference = only();
        assertProperties("one", 1, reference);
        assertEquals(expectedFacts("one", 1), facts(get(reference)));
    }

    @Test
    void aReloadChangesThePropertiesAndNotTheService() {
        ServiceRegistration<Plugin> plugin = register("one", type, 1);
        T before = get(only());
        plugin.setProperties(properties("one", type, 2));
        assertProperties("one", 2, only());
        assertSame(before, get(only()));
        assertEquals(expectedFacts("one", 2), facts(before));
    }

    @Test
    void theServiceGoesWhenThePluginGoesAndComesAgainWithIt() {
        ServiceRegistration<Plugin> plugin = register("one", type, 1);
        T before = get(only());
        plugin.unregister();
        assertEquals(List.of(), references());
        register("one", type, 1);
        assertNotSame(before, get(only()));
    }

    @Test
    void everyPluginHasItsOwnService() {
        ServiceRegistration<Plugin> one = register("one", type, 1);
        register("two", type, 2);
        assertEquals(2, references().size());
        one.unregister();
        assertProperties("two", 2, only());
    }

    @Test
    void pluginsOfOtherTypesAndPluginsThatOnlyHookAreNotOffered() {
        for (ExtensionType other : ExtensionType.CONTRACT) {
            if (other != type) {
                register("other-" + other.world(), other, 1);
            }
        }
        Hashtable<String, Object> typeless = properties("hooks", type, 1);
        typeless.remove(Plugin.TYPE);
        house.context().registerService(Plugin.class, new ScriptedPlugin(type, "hooks"), typeless);
        assertEquals(List.of(), references());
        register("one", type, 1);
        assertEquals(1, references().size());
    }

    @Test
    void stoppingTheBundleTakesItsServicesAndStartingItBringsThemBack() throws BundleException {
        register("one", type, 1);
        house.bundle().stop();
        assertEquals(List.of(), references());
        house.bundle().start();
        assertProperties("one", 1, only());
    }

    private ServiceRegistration<Plugin> register(String name, ExtensionType of, int version) {
        return house.context()
                .registerService(
                        Plugin.class, new ScriptedPlugin(of, name), properties(name, of, version));
    }

    private Hashtable<String, Object> properties(String name, ExtensionType of, int version) {
        Hashtable<String, Object> p = new Hashtable<>(pluginProperties(version));
        p.put(Plugin.NAME, name);
        p.put(Plugin.TYPE, of.label());
        p.put(Plugin.VERSION, version + ".0.0");
        return p;
    }

    private void assertProperties(String name, int version, ServiceReference<T> reference) {
        Map<String, Object> expected = new TreeMap<>(serviceProperties(name, version));
        expected.put(Plugin.NAME, name);
        expected.put(Plugin.VERSION, version + ".0.0");
        Map<String, Object> actual = new TreeMap<>();
        for (String key : reference.getPropertyKeys()) {
            if (!key.equals("objectClass") && !key.startsWith("service.")) {
                actual.put(key, reference.getProperty(key));
            }
        }
        assertEquals(comparable(expected), comparable(actual));
    }

    /** Arrays as lists. */
    private static Map<String, Object> comparable(Map<String, Object> properties) {
        Map<String, Object> c = new TreeMap<>(properties);
        c.replaceAll((key, value) -> value instanceof Object[] a ? List.of(a) : value);
        return c;
    }

    private T get(ServiceReference<T> reference) {
        BundleContext context = house.context();
        return context.getService(reference);
    }

    private ServiceReference<T> only() {
        List<ServiceReference<T>> all = references();
        assertEquals(1, all.size());
        return all.get(0);
    }

    private List<ServiceReference<T>> references() {
        try {
            Collection<ServiceReference<T>> all =
                    house.context().getServiceReferences(service, null);
            return new ArrayList<>(all);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
