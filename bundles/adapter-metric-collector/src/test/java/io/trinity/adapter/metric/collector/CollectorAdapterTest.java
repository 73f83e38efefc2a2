package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.Plugin;
import io.trinity.testkit.contract.AdapterContract;
import java.util.List;
import java.util.Map;

class CollectorAdapterTest extends AdapterContract<MetricCollector> {
    CollectorAdapterTest() {
        super(MetricCollector.class, ExtensionType.METRIC_COLLECTOR);
    }

    @Override
    protected Map<String, Object> pluginProperties(int version) {
        return Map.of(Plugin.CONTENT_TYPES, new String[] {"text/plain;version=" + version});
    }

    @Override
    protected Map<String, Object> serviceProperties(String plugin, int version) {
        return pluginProperties(version);
    }

    @Override
    protected List<Object> facts(MetricCollector collector) {
        return List.of(collector.name(), collector.contentType());
    }

    @Override
    protected List<Object> expectedFacts(String plugin, int version) {
        return List.of(plugin, "text/plain;version=" + version);
    }
}
