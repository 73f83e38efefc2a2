package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.plugin.Plugin;
import io.trinity.testkit.contract.MetricCollectorContract;
import java.util.Map;

class CollectorPluginTest extends MetricCollectorContract {
    @Override
    protected MetricCollector over(Plugin plugin, String contentType) {
        CollectorPlugin collector = new CollectorPlugin(plugin);
        collector.follow(Map.of(Plugin.CONTENT_TYPES, new String[] {contentType}));
        return collector;
    }
}
