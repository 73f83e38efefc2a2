package io.trinity.network;

import static io.trinity.network.Failures.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://a.example, a.example:80, /, a.example",
        "HTTPS://A.Example./x?y=1#z, a.example:443, /x?y=1, a.example",
        "http://a.example?q=/@:, a.example:80, /?q=/@:, a.example",
        "http://a.example:8080/%41@b, a.example:8080, /%41@b, a.example:8080",
        "https://a.example:443/, a.example:443, /, a.example",
        "https://a.example:80/, a.example:80, /, a.example:80",
        "http://[::1]:8080/, [0:0:0:0:0:0:0:1]:8080, /, [0:0:0:0:0:0:0:1]:8080",
        "http://[::1]/, [0:0:0:0:0:0:0:1]:80, /, [0:0:0:0:0:0:0:1]",
        "http://a.example#@evil.example/, a.example:80, /, a.example",
        "http://a.example//evil.example/, a.example:80, //evil.example/, a.example",
    })
    void isReadAsWritten(String text, String target, String path, String authority)
            throws HostFailure {
        Url url = Url.parse(text);
        assertEquals(target, url.target().toString());
        assertEquals(path, url.path());
        assertEquals(authority, url.authority());
        assertEquals(text.toLowerCase().startsWith("https"), url.tls());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a.example",
                "//a.example/",
                "ftp://a.example/",
                "file:///etc/passwd",
                "http:/a.example/",
                "http:a.example",
                " http://a.example/",
                "http://",
                "http:///x",
                "http://?x",
                "http://user@a.example/",
                "http://user:secret@a.example/",
                "http://a.example@evil.example/",
                "http://a.example:80@evil.example/",
                "http://@a.example/",
                "http://a.example\\@evil.example/",
                "http://a.example\\.evil.example/",
                "http://a.example%2eevil.example/",
                "http://a.example%00.evil.example/",
                "http://a.example:/",
                "http://a.example:0/",
                "http://a.example:70000/",
                "http://a.example:999999/",
                "http://a.example:80:80/",
                "http://a.example:8a/",
                "http://a.example:-80/",
                "http://[::1]x/",
                "http://[::1]x:80/",
                "http://::1/",
                "http://[fe80::1%25eth0]/",
                "http://0x7f000001/",
                "http://2130706433/",
                "http://127.1/",
                "http://b\u00fccher.example/",
                "http://a\u3002example/",
                "http://a.example/\\x",
                "http://a.example/?<x>",
                "http://a.example/{x}",
                "http://a.example/\u00fc",
                "http://a.example/a b",
                "http://a.example/\r\nHost: evil.example",
                "http://a.example/\n",
                "http://a.example/\u0000",
                "http://a.example/\u007f"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String text) {
        failure(Reason.INVALID, () -> Url.parse(text));
    }

    @Test
    void aUserInAUrlIsToldHowElse() {
        String why = failure(Reason.INVALID, () -> Url.parse("http://a@b.example/"));
        assertTrue(why.contains("Authorization"), why);
    }

    @Test
    void theLongestUrlHas8192Characters() throws HostFailure {
        String base = "http://a.example/";
        String longest = base + "x".repeat(8192 - base.length());
        assertEquals(8192 - base.length() + 1, Url.parse(longest).path().length());
        failure(Reason.INVALID, () -> Url.parse(longest + "x"));
    }

    @Property
    void noUrlPutsALineEndOrSpaceIntoTheRequest(@ForAll String tail) {
        try {
            Url url = Url.parse("http://a.example" + tail);
            assertTrue((url.path() + url.authority()).chars().allMatch(c -> c > 0x20 && c < 0x7f));
            assertTrue(url.path().startsWith("/"));
        } catch (HostFailure e) {
            assertEquals(Reason.INVALID, e.reason());
        }
    }
}
