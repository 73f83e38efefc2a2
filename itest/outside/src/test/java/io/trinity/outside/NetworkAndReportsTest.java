package io.trinity.outside;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The network and the reports of metrics, as an operator meets them. */
class NetworkAndReportsTest {
    @Test
    void scopesAreGrantedAsTheyAreTypedAndReportsGoWithTheirCollectors() throws Exception {
        try (Host host = Host.fresh()) {
            host.conf("telemetry", "intervalMillis = 500\n");
            host.conf("network", "trustedCertificates = own-ca.pem\n");
            host.start();
            host.sample("openmetrics");
            aBadCertificateFileIsToldOfByItsName(host);
            scopesAreGrantedAsTheyAreTyped(host);
            host.awaitFile("metrics/openmetrics.prom");
            host.stop();
            Files.delete(host.path("plugins/openmetrics.wasm"));
            host.start();
            Await.until(
                    "the report of a collector that went while the host was down goes",
                    () -> !Files.exists(host.path("metrics/openmetrics.prom")));
        }
    }

    private static void aBadCertificateFileIsToldOfByItsName(Host host) throws Exception {
        String file = host.path("own-ca.pem").toString();
        Await.until(
                "the log names " + file,
                () ->
                        host.log()
                                .lines()
                                .anyMatch(
                                        l ->
                                                l.contains("code=CONFIG_INVALID")
                                                        && l.contains(file)));
    }

    private static void scopesAreGrantedAsTheyAreTyped(Host host) throws Exception {
        host.put(
                "plugins/weather.wasm",
                Files.readAllBytes(Host.checkout().resolve("plugins/demo/weather.wasm")));
        Await.until(
                "weather is refused", () -> host.exec("plugin:list").contains("CAPABILITY_DENIED"));
        Said zone = host.tryExec("plugin:grant weather network '[fe80::1%eth0]:80'");
        assertTrue(zone.all().contains("zone"), zone.all());
        Said address = host.tryExec("plugin:grant weather network inside:10.0.0.1:80");
        assertTrue(address.all().contains("write 10.0.0.1:80"), address.all());
        host.exec("plugin:grant weather network [::1]:8080 inside:redis:6379 [FD00::A]:80");
        String granted = host.read("conf/io.trinity.plugin-weather.cfg");
        for (String scope : new String[] {"[::1]:8080", "inside:redis:6379", "[FD00::A]:80"}) {
            assertTrue(granted.contains(scope), granted);
        }
    }
}
