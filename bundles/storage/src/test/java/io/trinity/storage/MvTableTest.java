package io.trinity.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvTableTest {
    @TempDir Path folder;

    @Test
    void whatWasNotMadeDurableIsDroppedWhenTheFileIsLetGo() {
        Path file = folder.resolve("t");
        MvTable table = MvTable.open(file, 1);
        table.put("kept", new byte[] {1});
        table.makeDurable();
        table.put("dropped", new byte[1 << 20]);
        table.put("kept", new byte[] {2});
        table.abandon();
        assertTrue(table.broken());
        MvTable again = MvTable.open(file, 1);
        assertArrayEquals(new byte[] {1}, again.get("kept"));
        assertNull(again.get("dropped"));
        again.close();
    }

    @Test
    void muchThatIsNotYetDurableIsNotWrittenByItself() throws Exception {
        Path file = folder.resolve("t");
        MvTable table = MvTable.open(file, 1);
        table.makeDurable();
        long before = Files.size(file);
        byte[] value = new byte[1 << 20];
        new Random(1).nextBytes(value);
        for (int i = 0; i < 40; i++) {
            table.put("k" + i, value.clone());
        }
        assertEquals(before, Files.size(file));
        table.abandon();
    }

    @Test
    void spaceOfWhatWasReplacedIsUsedAgain() throws Exception {
        Path file = folder.resolve("t");
        MvTable table = MvTable.open(file, 1, 0);
        byte[] value = new byte[8192];
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            random.nextBytes(value);
            table.put("k" + i % 10, value.clone());
            table.makeDurable();
        }
        table.close();
        assertTrue(Files.size(file) < 2 << 20, Files.size(file) + " bytes for 16 MB of writes");
    }

    @Test
    void keysBeginWhereAskedAndEndWithThePrefix() {
        MvTable table = MvTable.open(folder.resolve("t"), 1);
        for (String key : List.of("a", "b1", "b2", "b3", "c")) {
            table.put(key, new byte[0]);
        }
        assertEquals(List.of("b1", "b2", "b3"), table.keys("b", "", 9));
        assertEquals(List.of("b2", "b3"), table.keys("b", "b2", 9));
        assertEquals(List.of("b1", "b2"), table.keys("b", "a", 2));
        assertEquals(List.of(), table.keys("b", "c", 9));
        table.close();
    }
}
