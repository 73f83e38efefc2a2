package io.trinity.shell;

import static io.trinity.shell.Snapshots.BROKEN;
import static io.trinity.shell.Snapshots.RESIZE;

import io.trinity.api.home.Home;
import io.trinity.api.manifest.Manifest.CapabilityNeed;
import io.trinity.api.plugin.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Every command but those that need a framework, over fakes, under the names that Gogo knows. */
public final class ShellCommands {
    /** Lines that succeed in a folder that has {@code in.txt}, one after the other. */
    public static final List<String> LINES =
            List.of(
                    "plugin:list",
                    "plugin:info resize --json",
                    "plugin:names",
                    "plugin:capabilities",
                    "plugin:declared broken",
                    "plugin:log resize --json",
                    "plugin:load resize",
                    "plugin:unload resize",
                    "plugin:reload resize",
                    "plugin:retry broken",
                    "plugin:pause resize",
                    "plugin:resume resize",
                    "plugin:grant broken network api.example.com:443 10.0.0.1:8080",
                    "plugin:why broken",
                    "plugin:revoke broken network",
                    "plugin:top -n 2 -d 1 --json",
                    "hook:list",
                    "hook:names",
                    "hook:points",
                    "hook:disable resize custom shout",
                    "hook:enable resize custom",
                    "hook:forget gone",
                    "hook:fire shout hello",
                    "hook:fire shout --payload-file in.txt",
                    "pipeline:list",
                    "pipeline:names",
                    "pipeline:kept main",
                    "pipeline:status",
                    "pipeline:status main",
                    "pipeline:run main in.txt",
                    "storage:list",
                    "storage:names",
                    "storage:put greeting 'hello world'",
                    "storage:put file --file in.txt --backend host",
                    "storage:get greeting",
                    "storage:get file --file out.txt",
                    "storage:keys",
                    "storage:keys g -n 5",
                    "storage:erase greeting",
                    "agent:names",
                    "agent:ask clerk hello --address clerk/7");

    private ShellCommands() {}

    /** The objects by {@code scope:function}, as the annotations of their components say. */
    public static Map<String, Object> all() {
        FakeRegistry registry = Snapshots.registry(RESIZE, BROKEN);
        registry.candidate(
                Manifests.of("broken", new CapabilityNeed(Capability.NETWORK, true, "")));
        Recovery hasty = new Recovery(Duration.ZERO, Duration.ofMillis(1));
        PluginGrant grant = new PluginGrant(registry, hasty);
        grant.grants = new FakeGrants();
        PluginWhy why = new PluginWhy(registry);
        why.grants = grant.grants;
        HookNames hooks = new HookNames();
        hooks.bus = new FakeHookBus();
        PipelineNames pipelines = new PipelineNames();
        pipelines.pipelines =
                List.of(new FakePipeline("main", "a", "", Optional.of(PipelineCommandsTest.TRAP)));
        StorageNames storage = new StorageNames();
        storage.host = new FakeBackend("host");
        AgentNames agents = new AgentNames();
        agents.behaviors = List.of(new FakeBehavior());
        Map<String, Object> commands = new TreeMap<>();
        Stream.of(
                        new PluginList(registry),
                        new PluginInfo(registry, new Home(Path.of("/h"))),
                        new PluginNames(registry),
                        new CapabilityNames(),
                        new PluginLog(registry, Path.of("/h/log/none")),
                        new PluginLoad(registry, new FakeReloader(), FakeLifecycle.of(registry)),
                        new PluginPause(registry, FakeLifecycle.of(registry)),
                        grant,
                        why,
                        new PluginTop(registry, time -> {}),
                        hooks,
                        new HookList(hooks),
                        new HookSwitch(registry, hooks),
                        new HookFire(hooks, new Home(Path.of("/h"))),
                        pipelines,
                        new PipelineList(pipelines),
                        new PipelineRun(pipelines, new Home(Path.of("/h"))),
                        storage,
                        new StorageList(registry, storage),
                        new StoragePut(storage, new Home(Path.of("/h"))),
                        new StorageGet(storage, new Home(Path.of("/h"))),
                        new StorageKeys(storage),
                        agents,
                        new AgentAsk(agents))
                .forEach(c -> names(c.getClass()).forEach(n -> commands.put(n, c)));
        return commands;
    }

    /** The names in the component's description, which is what Gogo goes by. */
    private static List<String> names(Class<?> command) {
        String file = "/OSGI-INF/" + command.getName() + ".xml";
        try (InputStream in = command.getResourceAsStream(file)) {
            NodeList all =
                    DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(in)
                            .getElementsByTagName("property");
            Map<String, String> properties = new TreeMap<>();
            for (int i = 0; i < all.getLength(); i++) {
                Element e = (Element) all.item(i);
                String value =
                        e.hasAttribute("value") ? e.getAttribute("value") : e.getTextContent();
                properties.put(e.getAttribute("name"), value.strip());
            }
            String scope = properties.get("osgi.command.scope");
            return Stream.of(properties.get("osgi.command.function").split("\\s+"))
                    .map(f -> scope + ":" + f)
                    .toList();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(file, e);
        }
    }
}
