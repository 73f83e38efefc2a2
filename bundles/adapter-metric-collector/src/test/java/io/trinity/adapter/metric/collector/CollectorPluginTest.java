package io.trinity.adapter.metric.collector;

import io.trinity.api.metric.MetricCollector;
import io.trinity.api.plugin.Plugin;
import io.trinity.testkit.contract.MetricCollectorContract;

class CollectorPluginTest extends MetricCollectorContract {
    @Override
    protected MetricCollector over(Plugin plugin, String contentType) {
        return new CollectorPlugin(plugin, contentType);
    }
}
