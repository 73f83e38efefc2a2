package io.trinity.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.plugin.Capability;
import io.trinity.api.policy.Limits;
import io.trinity.policy.EffectivePolicy.PluginPolicy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);

    private final PolicyOf policies = new PolicyOf();

    @Test
    void nothingConfiguredIsTheDefault() {
        assertEquals(EffectivePolicy.DEFAULT, policies.read(Map.of(), Map.of(), Map.of()));
        assertEquals(List.of(), policies.told);
    }

    @Test
    void aPluginsOwnLimitComesBeforeTheGeneralOneAndTheDefault() {
        EffectivePolicy p =
                policies.read(
                        Map.of("cpuMillis", 50, "queue", 7),
                        Map.of(),
                        Map.of("lidar", Map.of("cpuMillis", "20")));
        assertEquals(20, p.limits("lidar").cpuMillis());
        assertEquals(7, p.limits("lidar").queue());
        assertEquals(Limits.DEFAULT.hooks(), p.limits("lidar").hooks());
        assertEquals(50, p.limits("another").cpuMillis());
    }

    @Test
    void anInvalidLimitOfAPluginLeavesItsOwnLastGoodOneInEffect() {
        policies.lidar(Map.of("cpuMillis", 20));
        EffectivePolicy p = policies.lidar(Map.of("cpuMillis", 0, "queue", 3));
        assertEquals(20, p.limits("lidar").cpuMillis());
        assertEquals(3, p.limits("lidar").queue());
        assertEquals(
                List.of(
                        "conf/io.trinity.plugin-lidar.cfg: cpuMillis=0 is not a whole number from 1"
                                + " to 3600000; 20 stays in effect"),
                policies.told);
    }

    @Test
    void anInvalidLimitOfAPluginThatHadNoneLeavesTheOperatorsGeneralOneInEffect() {
        EffectivePolicy p =
                policies.read(
                        Map.of("cpuMillis", 50),
                        Map.of(),
                        Map.of("lidar", Map.of("cpuMillis", "none")));
        assertEquals(50, p.limits("lidar").cpuMillis());
    }

    @ParameterizedTest(name = "{0}={1} is not valid: the last good value stays")
    @CsvSource({
        "grantLowRisk,    no",
        "grantLowRisk,    TRUE",
        "bindToDigest,    0",
        "bindToDigest,    ''",
        "vectorDimension, 0",
        "vectorDimension, 1000001",
        "vectorDimension, ten",
        "vectorDimension, 99999999999"
    })
    void anInvalidGeneralValueIsToldWithFileAndKey(String key, String bad) {
        Map<String, Object> good =
                Map.of("grantLowRisk", "false", "bindToDigest", false, "vectorDimension", 500);
        EffectivePolicy before = policies.general(good);
        assertFalse(before.grantLowRisk());
        assertFalse(before.bindToDigest());
        assertEquals(500, before.vectorDimension());

        Map<String, Object> spoilt = new java.util.HashMap<>(good);
        spoilt.put(key, bad);
        assertEquals(before, policies.general(spoilt));
        assertEquals(1, policies.told.size());
        String told = policies.told.get(0);
        assertTrue(told.startsWith("conf/io.trinity.policy.cfg: " + key + "=" + bad), told);
        assertTrue(told.endsWith("stays in effect"), told);
    }

    @Test
    void theTotalOfAllPluginsIsANumberOrWhatTheHeapLeaves() {
        long auto = EffectivePolicy.DEFAULT.totalMemoryBytes();
        assertTrue(auto > 0 && auto <= Runtime.getRuntime().maxMemory(), "auto " + auto);
        assertEquals(auto, total(Map.of()));
        assertEquals(600_000_000, total(Map.of("totalMemoryBytes", "600000000")));
        for (String bad : new String[] {"much", "1048575", "-1", "1099511627777", ""}) {
            assertEquals(600_000_000, total(Map.of("totalMemoryBytes", bad)));
            String told = policies.told.get(policies.told.size() - 1);
            assertTrue(
                    told.startsWith("conf/io.trinity.limits.cfg: totalMemoryBytes=" + bad), told);
            assertTrue(told.endsWith("600000000 stays in effect"), told);
        }
        assertEquals(auto, total(Map.of("totalMemoryBytes", "auto")));
    }

    private long total(Map<String, Object> limits) {
        return policies.read(limits, Map.of(), Map.of()).totalMemoryBytes();
    }

    @Test
    void unknownKeysAreToldAndThoseOfTheFrameworkAreNot() {
        policies.read(
                Map.of("cpuMilis", 5, "service.pid", "x"),
                Map.of(
                        "felix.fileinstall.filename",
                        "file:/h/conf/p.config",
                        "bindToDigests",
                        "false"),
                Map.of(
                        "lidar",
                        Map.of("grant", "vsa_ops", "config.range-m", "5", "plugin", "lidar")));
        assertEquals(
                List.of(
                        "conf/io.trinity.limits.cfg: cpuMilis is no known key; it has no effect",
                        "conf/p.config: bindToDigests is no known key; it has no" + " effect",
                        "conf/io.trinity.plugin-lidar.cfg: grant is no known key; it has no"
                                + " effect"),
                policies.told);
    }

    @Test
    void grantsComeAsCommaTextAsArrayAndAsCollection() {
        List<Object> forms =
                List.of(
                        " network ,vsa_ops,, ",
                        new String[] {"network", " vsa_ops "},
                        List.of("vsa_ops", "network"),
                        new Vector<>(List.of("vsa_ops", "network")));
        for (Object form : forms) {
            PluginPolicy p = lidar(Map.of("grants", form));
            assertEquals(Set.of(Capability.NETWORK, Capability.VSA_OPS), p.grants());
            assertEquals(Map.of(), p.boundGrants());
        }
    }

    @Test
    void aGrantWithADigestIsBoundToItWhateverTheCaseOfItsLetters() {
        PluginPolicy p =
                lidar(
                        Map.of(
                                "grants",
                                "network@"
                                        + DIGEST.toUpperCase(java.util.Locale.ROOT)
                                        + ", network@"
                                        + OTHER));
        assertEquals(Set.of(), p.grants());
        assertEquals(Map.of(Capability.NETWORK, Set.of(DIGEST, OTHER)), p.boundGrants());
        assertEquals(List.of(), policies.told);
    }

    @ParameterizedTest(name = "grants={0} grants nothing and is told")
    @ValueSource(
            strings = {
                "root",
                "NETWORK",
                "network@",
                "network@abc",
                "network@*",
                "network @abababababababababababababababababababababababababababababababab",
                "@abababababababababababababababababababababababababababababababab"
            })
    void whatIsNoGrantGrantsNothing(String grant) {
        PluginPolicy p = lidar(Map.of("grants", grant));
        assertEquals(Set.of(), p.grants());
        assertEquals(Map.of(), p.boundGrants());
        assertEquals(1, policies.told.size());
        String told = policies.told.get(0);
        assertTrue(told.startsWith("conf/io.trinity.plugin-lidar.cfg: grants names '"), told);
        assertTrue(told.endsWith("; nothing is granted by it"), told);
    }

    @Test
    void aGrantOfHigherRiskWithoutDigestIsToldWhereItHasNoEffect() {
        policies.lidar(Map.of("grants", "file_read,vsa_ops"));
        assertEquals(
                List.of(
                        "conf/io.trinity.plugin-lidar.cfg: grants names file_read without the"
                            + " SHA-256 of a file, and bindToDigest is true; nothing is granted by"
                            + " it"),
                policies.told);

        policies.read(
                Map.of(),
                Map.of("bindToDigest", "false"),
                Map.of("lidar", Map.of("grants", "file_read")));
        assertEquals(List.of(), policies.told);
    }

    @Test
    void aRevokedGrantIsGoneWithTheNextReading() {
        assertTrue(
                policies.lidar(Map.of("grants", "network@" + DIGEST))
                        .granted("lidar", DIGEST, Capability.NETWORK));
        assertFalse(policies.lidar(Map.of()).granted("lidar", DIGEST, Capability.NETWORK));
        policies.lidar(Map.of("grants", "network@" + DIGEST));
        assertFalse(
                policies.read(Map.of(), Map.of(), Map.of())
                        .granted("lidar", DIGEST, Capability.NETWORK));
    }

    @Test
    void settingsAreThosePrefixedWithConfig() {
        EffectivePolicy p =
                policies.lidar(Map.of("config.range-m", 120, "config.", "x", "queue", 3));
        assertEquals(
                Map.of("range-m", "120", "", "x"), p.plugins().get("lidar").settings().values());
        Manifest.Setting range = new Manifest.Setting(SettingType.INTEGER, Optional.of("80"), "");
        assertEquals(Optional.of("120"), p.setting("lidar", "range-m", range));
        assertEquals(Optional.of("80"), p.setting("lidar", "queue", range));
        assertEquals(Optional.of("80"), p.setting("another", "range-m", range));
        Manifest.Setting flag = new Manifest.Setting(SettingType.BOOLEAN, Optional.empty(), "");
        assertEquals(Optional.empty(), p.setting("lidar", "range-m", flag));
    }

    @Property(tries = 300)
    void whateverAnOperatorWritesLeavesAPolicyInEffect(
            @ForAll Map<String, String> limits,
            @ForAll Map<String, String> general,
            @ForAll String grants) {
        PolicyOf any = new PolicyOf();
        EffectivePolicy p =
                any.read(
                        Map.copyOf(limits),
                        Map.copyOf(general),
                        Map.of("lidar", Map.of("grants", grants, "memoryBytes", grants)));
        assertTrue(p.vectorDimension() >= 1);
        assertTrue(p.limits("lidar").memoryBytes() >= 65_536);
    }

    private PluginPolicy lidar(Map<String, Object> values) {
        return Objects.requireNonNull(policies.lidar(values).plugins().get("lidar"));
    }
}
