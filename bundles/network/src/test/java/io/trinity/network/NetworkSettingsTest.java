package io.trinity.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.config.ConfigValues;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkSettingsTest {
    @Test
    void anInvalidValueIsToldOfAndTheLastGoodOneStays() {
        List<String> problems = new ArrayList<>();
        NetworkSettings last = new NetworkSettings(2048, 4096, 2, 3, 5000);
        NetworkSettings now =
                NetworkSettings.read(
                        new ConfigValues(
                                NetworkSettings.PID,
                                Map.of(
                                        "maxResponseBytes", "1",
                                        "maxCallBytes", "9999999999",
                                        "maxConnections", "0",
                                        "maxTotalConnections", "many",
                                        "idleMillis", "999"),
                                problems::add),
                        last);
        assertEquals(last, now);
        assertEquals(5, problems.size());
    }

    @Test
    void metatypeTellsTheDefaultsThatHold() throws Exception {
        for (RecordComponent part : NetworkSettings.class.getRecordComponents()) {
            Method told = NetworkDefinition.class.getDeclaredMethod(part.getName());
            assertEquals(
                    told.getDefaultValue(), part.getAccessor().invoke(NetworkSettings.DEFAULT));
        }
        assertEquals(
                // proxy, noProxy and trustedCertificates are RouteSettings.
                NetworkSettings.class.getRecordComponents().length + 3,
                NetworkDefinition.class.getDeclaredMethods().length);
    }
}
