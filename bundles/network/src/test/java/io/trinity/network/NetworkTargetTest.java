package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.NetworkTarget;
import io.trinity.api.text.Escaped;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTargetTest {
    @ParameterizedTest
    @CsvSource({
        "API.Example.COM, api.example.com:80",
        "api.example.com., api.example.com:80",
        "xn--bcher-kva.example, xn--bcher-kva.example:80",
        "my_host, my_host:80",
        "10.0.0.1, 10.0.0.1:80",
        "10.0.0.1., 10.0.0.1:80",
        "[::1], [0:0:0:0:0:0:0:1]:80",
        "::1, [0:0:0:0:0:0:0:1]:80",
        "0:0::0:1, [0:0:0:0:0:0:0:1]:80",
        "[::FFFF:127.0.0.1], 127.0.0.1:80",
        "::ffff:7f00:1, 127.0.0.1:80",
        "7f.example, 7f.example:80",
    })
    void hostsHaveOneForm(String text, String expected) throws HostFailure {
        assertEquals(expected, NetworkTarget.of(text, 80).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0X7F.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "0177.0.0.1",
                "127.0.0.01",
                "127.0.0.0x1",
                "127.0.0.256",
                "127.0.0.1.1",
                "example.1",
                "example.0x",
                "1.2.3.4294967295"
            })
    void addressesInDisguiseAreRefusedAndNeverLookedUp(String text) {
        String why = failure(Reason.INVALID, () -> NetworkTarget.of(text, 80));
        assertTrue(why.contains("odd form"), why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".a",
                "a b",
                "a%41",
                "a/b",
                "user@host",
                "-a",
                "a-",
                "a\r\nb",
                "a\u0000",
                "[::1",
                "[]",
                "[127.0.0.1]",
                "[::g]",
                "::1]",
                "[fe80::1%eth0]",
                "fe80::1%25eth0",
                "[v1.a:b]",
                ":",
                "1:2:3:4:5:6:7:8:9",
                "b\u00fccher.example",
                "\uff11\uff12\uff17.0.0.1",
                "127\u30020\u30020\u30021"
            })
    void whatIsNoHostIsRefused(String text) {
        failure(Reason.INVALID, () -> NetworkTarget.of(text, 80));
    }

    @ParameterizedTest
    @CsvSource({"b\u00fccher.example, Punycode", "[fe80::1%eth0], zone", "127.1, four decimal"})
    void aRefusalSaysHowElse(String text, String word) {
        String why = failure(Reason.INVALID, () -> NetworkTarget.of(text, 80));
        assertTrue(why.contains(word), why);
    }

    @Test
    void namesHaveTheLengthsThatDnsAllows() throws HostFailure {
        String label = "a".repeat(63);
        String longest = String.join(".", label, label, label, "a".repeat(61));
        assertEquals(longest, NetworkTarget.of(longest, 80).host());
        failure(Reason.INVALID, () -> NetworkTarget.of(longest + "a", 80));
        failure(Reason.INVALID, () -> NetworkTarget.of(label + "a.example", 80));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 65_536, 70_000, 4_294_967_375L})
    void portsAreFrom1To65535(long port) {
        failure(Reason.INVALID, () -> NetworkTarget.of("a.example", port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.example", "a.example:", ":80", "a:b", "::1:80", "a:123456", "a:+80", "-"})
    void aScopeIsHostAndPort(String item) {
        failure(Reason.INVALID, () -> NetworkTarget.parse(item));
    }

    @Test
    void anAddressInBracketsIsAScope() throws HostFailure {
        assertEquals(NetworkTarget.of("::1", 8080), NetworkTarget.parse("[::1]:8080"));
        assertNotNull(NetworkTarget.parse("127.0.0.1:1").literal());
        assertNull(NetworkTarget.parse("localhost:1").literal());
    }

    @Property
    void anyTextIsRefusedOrHasOneForm(@ForAll String text) {
        try {
            NetworkTarget once = NetworkTarget.of(text, 80);
            assertEquals(once, NetworkTarget.of(once.bracketed(), 80));
            assertEquals(once, NetworkTarget.of(text.toUpperCase(Locale.ROOT), 80));
        } catch (HostFailure e) {
            assertEquals(Reason.INVALID, e.reason());
            assertTrue(Escaped.isPlain(String.valueOf(e.getMessage())));
        }
    }
}
