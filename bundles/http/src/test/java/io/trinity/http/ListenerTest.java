package io.trinity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ListenerTest {
    @Test
    void aPortThatSomebodyHasAndAHostThatIsNoneAreTold() throws IOException {
        HttpSettings taken;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            taken = new HttpSettings(HttpSettings.LOOPBACK, other.getLocalPort());
            assertNotEquals(null, Listener.problem(taken));
        }
        assertEquals(null, Listener.problem(taken));
        assertNotEquals(null, Listener.problem(new HttpSettings("no.such.invalid", 8080)));
    }
}
