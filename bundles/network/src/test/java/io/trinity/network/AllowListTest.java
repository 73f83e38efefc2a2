package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowListTest {
    private static final PluginRef PLUGIN = PluginRef.named("maps");

    private static AllowList of(String... scope) {
        return new AllowList(PLUGIN, List.of(scope), a -> false);
    }

    private static List<InetAddress> addresses(String... texts) throws Exception {
        InetAddress[] all = new InetAddress[texts.length];
        for (int i = 0; i < texts.length; i++) {
            all[i] = InetAddress.getByName(texts[i]);
        }
        return List.of(all);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, 443",
        "API.example.com., 443",
        "10.0.0.1, 8080",
        "::ffff:10.0.0.1, 8080",
        "::1, 80"
    })
    void whatTheScopeNamesPasses(String host, int port) throws HostFailure {
        of("Api.Example.com:443", "10.0.0.1:8080", "[0::1]:80").check(NetworkTarget.of(host, port));
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, 80",
        "example.com, 443",
        "a.api.example.com, 443",
        "api.example.com.evil.test, 443",
        "10.0.0.1, 443",
        "10.0.0.11, 8080",
        "8.8.8.8, 53"
    })
    void whatTheScopeDoesNotNameIsDenied(String host, int port) throws HostFailure {
        NetworkTarget target = NetworkTarget.of(host, port);
        String why =
                failure(
                        Reason.DENIED,
                        () -> of("api.example.com:443", "10.0.0.1:8080").check(target));
        assertTrue(why.contains("plugin 'maps'"), why);
        assertTrue(
                why.endsWith(
                        "add %s to scope.network in conf/io.trinity.plugin-maps.cfg"
                                .formatted(target)),
                why);
    }

    @Test
    void aGrantWithoutScopeReachesNothing() throws HostFailure {
        NetworkTarget target = NetworkTarget.of("api.example.com", 443);
        failure(Reason.DENIED, () -> of().check(target));
    }

    @Test
    void anItemThatCannotBeReadAllowsNothingAndIsNamed() throws HostFailure {
        NetworkTarget target = NetworkTarget.of("127.0.0.1", 80);
        String why = failure(Reason.DENIED, () -> of("127.1:80", "-").check(target));
        assertTrue(why.contains("[127.1:80, -]"), why);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "169.254.169.254", "192.168.1.1", "fd00::1", "::ffff:127.0.0.1"})
    void aNameNeverReachesAnInsideAddress(String inside) throws Exception {
        NetworkTarget target = NetworkTarget.of("evil.example", 80);
        String why =
                failure(
                        Reason.DENIED,
                        () -> of("evil.example:80").reachable(target, addresses(inside)));
        assertTrue(
                why.contains("granted by address only") || why.contains("granted as inside"), why);
    }

    @Test
    void theInsideAddressesOfANameAreLeftOut() throws Exception {
        assertEquals(
                addresses("8.8.8.8", "1.1.1.1"),
                of("a.example:80")
                        .reachable(
                                NetworkTarget.of("a.example", 80),
                                addresses("127.0.0.1", "8.8.8.8", "10.0.0.1", "1.1.1.1")));
    }

    @Test
    void anInsideAddressIsReachedWhereItIsGrantedWithThatPort() throws Exception {
        AllowList list = of("box.example:80", "10.0.0.1:80", "10.0.0.2:81");
        NetworkTarget target = NetworkTarget.of("box.example", 80);
        assertEquals(
                addresses("10.0.0.1"), list.reachable(target, addresses("10.0.0.1", "10.0.0.2")));
    }

    @Test
    void aGrantOfAnAddressReachesItWhereverItIs() throws Exception {
        for (String host : List.of("127.0.0.1", "::1", "169.254.169.254")) {
            NetworkTarget target = NetworkTarget.of(host, 8080);
            AllowList list = of(target.toString());
            list.check(target);
            assertEquals(addresses(host), list.reachable(target, addresses(host)));
        }
    }

    @Test
    void thisMachinesOwnPublicAddressIsInside() throws Exception {
        InetAddress own = InetAddress.getByName("8.8.8.8");
        NetworkTarget target = NetworkTarget.of("a.example", 80);
        AllowList list = new AllowList(PLUGIN, List.of("a.example:80"), own::equals);
        failure(Reason.DENIED, () -> list.reachable(target, List.of(own)));
        assertEquals(addresses("1.1.1.1"), list.reachable(target, addresses("1.1.1.1")));
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "172.18.0.2", "10.1.2.3", "100.64.0.9", "::1", "fd12::7", "8.8.8.8"})
    void aNameThatIsGrantedAsInsideReachesThisMachineAndPrivateNetworks(String address)
            throws Exception {
        NetworkTarget redis = NetworkTarget.of("redis", 6379);
        AllowList list = new AllowList(PLUGIN, List.of("inside:Redis:6379"), a -> true);
        list.check(redis);
        assertEquals(addresses(address), list.reachable(redis, addresses(address)));
        failure(Reason.DENIED, () -> list.check(NetworkTarget.of("redis", 6380)));
    }

    @ParameterizedTest
    @CsvSource({
        "169.254.169.254",
        "169.254.170.2",
        "fe80::1",
        "100.100.100.200",
        "fd00:ec2::254",
        "0.0.0.0",
        "::",
        "224.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "::ffff:169.254.169.254"
    })
    void noNameReachesAMetadataServiceOrALinkLocalAddress(String address) throws Exception {
        NetworkTarget target = NetworkTarget.of("meta", 80);
        AllowList list = of("inside:meta:80");
        String why = failure(Reason.DENIED, () -> list.reachable(target, addresses(address)));
        assertTrue(why.contains("granted by address only"), why);
    }

    @Test
    void whoMeansAnInsideHostIsToldWhatToWrite() throws Exception {
        NetworkTarget target = NetworkTarget.of("redis", 6379);
        String why =
                failure(
                        Reason.DENIED,
                        () -> of("redis:6379").reachable(target, addresses("172.18.0.2")));
        assertTrue(
                why.endsWith(
                        "add inside:redis:6379 to scope.network in"
                                + " conf/io.trinity.plugin-maps.cfg"),
                why);
    }
}
