package io.trinity.sandbox;

import static io.trinity.sandbox.AdmissionTest.DIGEST;
import static io.trinity.sandbox.AdmissionTest.GENEROUS;
import static io.trinity.sandbox.AdmissionTest.assertOneLine;
import static io.trinity.sandbox.AdmissionTest.check;
import static io.trinity.sandbox.AdmissionTest.more;
import static io.trinity.sandbox.Faults.assertFault;
import static io.trinity.sandbox.ModuleOf.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.policy.Policy;
import io.trinity.wasi.WasiFunction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether a module that imports WASI may be linked. */
class WasiAdmissionTest {
    private static ModuleOf wasi(WasiFunction... functions) {
        ModuleOf module = new ModuleOf();
        for (WasiFunction f : functions) {
            module.imports(WasiFunction.MODULE, f.label(), f.signature());
        }
        return module;
    }

    private static List<String> labels(WasiFunction f) {
        return f.access().anyOf().stream().sorted().map(Capability::label).toList();
    }

    @ParameterizedTest
    @EnumSource(WasiFunction.class)
    void aFunctionOfWasiIsAdmittedExactlyWhereWhatItNeedsIsDeclared(WasiFunction f) {
        ManifestOf all = new ManifestOf();
        ManifestOf allOthers = new ManifestOf();
        for (Capability c : Capability.values()) {
            all.needs(c);
            if (!f.access().anyOf().contains(c)) {
                allOthers.needs(c);
            }
        }
        if (!f.served()) {
            assertFault(
                    ErrorCode.IMPORT_UNKNOWN,
                    () -> check(GENEROUS, all, wasi(f)),
                    "import '" + f.label() + "' of wasi_snapshot_preview1 is not served",
                    f.remedy());
        } else if (f.access().anyOf().isEmpty()) {
            check(PolicyOf.granting(false, true), new ManifestOf(), wasi(f));
        } else {
            assertFault(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    () -> check(GENEROUS, allOthers, wasi(f)),
                    "import '%s' of wasi_snapshot_preview1 needs capability %s,"
                            .formatted(f.label(), String.join(" or ", labels(f))),
                    "add \"" + String.join("\" or \"", labels(f)) + "\" to");
            for (Capability c : f.access().anyOf()) {
                check(GENEROUS, new ManifestOf().needs(c), wasi(f));
            }
        }
    }

    @Test
    void aFunctionOfWasiWithoutItsGrantIsRefusedByNameWithTheLineThatGrantsIt() {
        Policy strict = PolicyOf.granting(true, true);
        ModuleOf module = wasi(WasiFunction.FD_WRITE, WasiFunction.PATH_OPEN);
        PluginException e =
                assertFault(
                        ErrorCode.CAPABILITY_DENIED,
                        () -> check(strict, new ManifestOf().needs(Capability.FILE_READ), module),
                        "capability file_read (risk medium) is declared and not granted, for"
                                + " import 'path_open' of wasi_snapshot_preview1");
        assertEquals(
                "to grant it: " + strict.grantLine("lidar", DIGEST, Capability.FILE_READ),
                e.remedy());
        check(strict, new ManifestOf().needs(Capability.FILE_READ, true, ""), module);
    }

    @Test
    void aProgramThatOnlyPrintsNeedsNothing() {
        check(
                PolicyOf.granting(false, true),
                new ManifestOf(),
                wasi(
                        WasiFunction.FD_WRITE,
                        WasiFunction.FD_SEEK,
                        WasiFunction.FD_CLOSE,
                        WasiFunction.FD_FDSTAT_GET,
                        WasiFunction.PROC_EXIT));
    }

    @Test
    void aFunctionThatWasiDoesNotHaveIsUnknown() {
        PluginException e =
                assertFault(
                        ErrorCode.IMPORT_UNKNOWN,
                        () ->
                                check(
                                        GENEROUS,
                                        new ManifestOf(),
                                        new ModuleOf()
                                                .imports(
                                                        WasiFunction.MODULE,
                                                        "fd_\u001b[2Kall",
                                                        i32(1, 1))),
                        "docs/plugin-author.md");
        assertOneLine(e);
        assertFault(
                ErrorCode.IMPORT_UNKNOWN,
                () ->
                        check(
                                GENEROUS,
                                new ManifestOf(),
                                new ModuleOf().imports("wasi_unstable", "fd_write", i32(4, 1))),
                "as wasi_snapshot_preview1");
    }

    @ParameterizedTest
    @EnumSource(WasiFunction.class)
    void aFunctionOfWasiWithAnotherSignatureIsRefused(WasiFunction f) {
        ManifestOf files =
                new ManifestOf().needs(Capability.FILE_READ).needs(Capability.FILE_WRITE);
        FunctionSignature right = f.signature();
        FunctionSignature wrong = new FunctionSignature(more(right.parameters()), right.results());
        ErrorCode code = f.served() ? ErrorCode.IMPORT_SIGNATURE : ErrorCode.IMPORT_UNKNOWN;
        assertFault(
                code,
                () ->
                        check(
                                GENEROUS,
                                files,
                                new ModuleOf().imports(WasiFunction.MODULE, f.label(), wrong)),
                "'" + f.label() + "'");
    }
}
