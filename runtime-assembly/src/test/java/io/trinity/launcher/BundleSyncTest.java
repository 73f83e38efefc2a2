package io.trinity.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleSyncTest {
    private static final String A = "reference:file:/b/a.jar";
    private static final String B = "reference:file:/b/b.jar";
    private static final Map<String, String> WANTED = Map.of(A, "1", B, "2");

    @Test
    void anEmptyFrameworkGetsAll() {
        assertEquals(
                new BundleSync(List.of(), List.of(), List.of(A, B)),
                BundleSync.between(List.of("System Bundle"), Map.of(), WANTED));
    }

    @Test
    void nothingIsDoneWhereNothingChanged() {
        assertTrue(BundleSync.between(List.of(B, A), WANTED, WANTED).isEmpty());
    }

    @Test
    void otherBytesAreAnUpdate() {
        assertEquals(
                new BundleSync(List.of(), List.of(B), List.of()),
                BundleSync.between(List.of(A, B), Map.of(A, "1", B, "old"), WANTED));
    }

    @Test
    void withoutARecordEverythingIsUpdatedOnceMore() {
        assertEquals(
                new BundleSync(List.of(), List.of(A, B), List.of()),
                BundleSync.between(List.of(A, B), Map.of(), WANTED));
    }

    @Test
    void whatTheDistributionLostIsUninstalledAndPluginsAreLeftAlone() {
        assertEquals(
                new BundleSync(List.of(B), List.of(), List.of()),
                BundleSync.between(List.of(A, B, "wasm:resize/1#abc"), WANTED, Map.of(A, "1")));
    }
}
