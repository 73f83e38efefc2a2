package io.trinity.hostile;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Configurations that are there from the beginning and never change. */
final class Configurations {
    private static final String PLUGIN = "io.trinity.plugin";

    private Configurations() {}

    /** Config Admin with one configuration for each plugin. */
    static ConfigurationAdmin ofPlugins(Map<String, Map<String, Object>> plugins) {
        Configuration[] all =
                plugins.entrySet().stream()
                        .map(e -> configuration(e.getKey(), e.getValue()))
                        .toArray(Configuration[]::new);
        return proxy(
                ConfigurationAdmin.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "listConfigurations" -> all;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static Configuration configuration(String plugin, Map<String, Object> values) {
        return proxy(
                Configuration.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "getPid" -> PLUGIN + "~" + plugin;
                            case "getFactoryPid" -> PLUGIN;
                            case "getProperties" -> new Hashtable<>(values);
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        Configurations.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
