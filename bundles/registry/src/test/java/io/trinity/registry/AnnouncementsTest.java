package io.trinity.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementsTest {
    @Test
    void oneThatFailsCostsItselfAndNoOtherBeforeOrAfter() {
        List<String> delivered = new ArrayList<>();
        Announcements announcements = new Announcements();
        announcements.add(() -> delivered.add("first"));
        announcements.add(
                () -> {
                    throw new IllegalStateException("the listener's service is gone");
                });
        announcements.add(() -> delivered.add("third"));
        announcements.deliver();
        announcements.add(
                () -> {
                    throw new NoClassDefFoundError("the listener's bundle is gone");
                });
        announcements.add(() -> delivered.add("fifth"));
        announcements.deliver();
        assertEquals(List.of("first", "third", "fifth"), delivered);
    }
}
