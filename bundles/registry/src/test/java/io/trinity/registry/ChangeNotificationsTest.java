package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeNotificationsTest {
    @Test
    void oneThatFailsCostsItselfAndNoOtherBeforeOrAfter() {
        List<String> delivered = new ArrayList<>();
        ChangeNotifications notifications = new ChangeNotifications();
        notifications.add(() -> delivered.add("first"));
        notifications.add(
                () -> {
                    throw new IllegalStateException("the listener's service is gone");
                });
        notifications.add(() -> delivered.add("third"));
        notifications.deliver();
        notifications.add(
                () -> {
                    throw new NoClassDefFoundError("the listener's bundle is gone");
                });
        notifications.add(() -> delivered.add("fifth"));
        notifications.deliver();
        assertEquals(List.of("first", "third", "fifth"), delivered);
    }

    @Test
    void oneThatCannotEvenBeToldOfCostsNoOther() {
        List<String> delivered = new ArrayList<>();
        ChangeNotifications notifications = new ChangeNotifications();
        notifications.add(
                () -> {
                    throw new IllegalStateException() {
                        @Override
                        public String toString() {
                            throw new OutOfMemoryError("on purpose");
                        }
                    };
                });
        notifications.add(() -> delivered.add("second"));
        notifications.deliver();
        assertEquals(List.of("second"), delivered);
    }
}
