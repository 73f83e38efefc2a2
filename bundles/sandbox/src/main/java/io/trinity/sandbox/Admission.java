package io.trinity.sandbox;

import io.trinity.api.config.Places;
import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.engine.ModuleInfo;
import io.trinity.api.engine.ModuleInfo.FunctionImport;
import io.trinity.api.manifest.Manifest;
import io.trinity.api.manifest.Manifest.HookDeclaration;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.ExtensionType;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.policy.Policy;
import io.trinity.api.text.Escaped;
import io.trinity.wasi.WasiFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a module may be linked: its imports and exports against the contract, its capabilities
 * against manifest and policy, its memory against the limit. Pure.
 */
final class Admission {
    private static final long PAGE_BYTES = 65_536;
    private static final int TEXT_LENGTH = 80;
    private static final FunctionSignature REALLOC =
            new FunctionSignature(
                    List.of(ValueType.I32, ValueType.I32, ValueType.I32, ValueType.I32),
                    List.of(ValueType.I32));
    private static final FunctionSignature NONE = new FunctionSignature(List.of(), List.of());

    private final ContractCodecs contract;
    private final Policy policy;
    private final Manifest manifest;
    private final String digest;
    private final ModuleInfo module;
    private final PluginRef who;

    private Admission(
            ContractCodecs contract,
            Policy policy,
            Manifest manifest,
            String digest,
            ModuleInfo module) {
        this.contract = contract;
        this.policy = policy;
        this.manifest = manifest;
        this.digest = digest;
        this.module = module;
        this.who = manifest.ref();
    }

    /**
     * Admits a module or throws the first reason against it.
     *
     * @return the exports of the contract that it has, by the contract's name
     */
    static Map<String, ContractCodecs.Export> check(
            ContractCodecs contract,
            Policy policy,
            Manifest manifest,
            String digest,
            ModuleInfo module) {
        Admission a = new Admission(contract, policy, manifest, digest, module);
        a.capabilities();
        for (FunctionImport i : module.imports()) {
            a.checkImport(i);
        }
        Map<String, ContractCodecs.Export> exports = a.exports();
        a.memory(exports);
        return exports;
    }

    private void capabilities() {
        for (Manifest.CapabilityNeed need : manifest.capabilities()) {
            if (!need.optional() && !policy.granted(manifest.name(), digest, need.capability())) {
                String why =
                        need.why().isEmpty()
                                ? ""
                                : " (it says: "
                                        + Escaped.inQuotes(Escaped.line(need.why(), TEXT_LENGTH))
                                        + ")";
                throw denied(
                        "capability %s (risk %s) is declared and not granted%s%s"
                                .formatted(
                                        need.capability().label(),
                                        need.capability()
                                                .risk()
                                                .name()
                                                .toLowerCase(java.util.Locale.ROOT),
                                        importOf(need.capability()),
                                        why),
                        need.capability());
            }
        }
    }

    /** {@code , for import 'send' of http}, where the module has such an import. */
    private String importOf(Capability capability) {
        for (FunctionImport i : module.imports()) {
            if (wasi(i).filter(f -> f.access().anyOf().contains(capability)).isPresent()) {
                return ", for import '" + i.name() + "' of " + WasiFunction.MODULE;
            }
            Optional<ImportName> name = ImportName.parse(i.module());
            if (name.isPresent() && capability.interfaces().contains(name.get().interfaceName())) {
                return ", for import '" + text(i.name()) + "' of " + name.get().interfaceName();
            }
        }
        return "";
    }

    private PluginException denied(String what, Capability capability) {
        return PluginException.of(
                ErrorCode.CAPABILITY_DENIED,
                who,
                what,
                "to grant it: " + policy.grantLine(manifest.name(), digest, capability));
    }

    /** The function of WASI that an import is. */
    private static Optional<WasiFunction> wasi(FunctionImport i) {
        return i.module().equals(WasiFunction.MODULE)
                ? WasiFunction.byLabel(i.name())
                : Optional.empty();
    }

    private void checkWasi(FunctionImport i) {
        WasiFunction function =
                wasi(i).filter(WasiFunction::served)
                        .orElseThrow(
                                () ->
                                        PluginException.of(
                                                ErrorCode.IMPORT_UNKNOWN,
                                                who,
                                                "import '%s' of %s is not served by this host"
                                                        .formatted(
                                                                text(i.name()),
                                                                WasiFunction.MODULE),
                                                wasi(i).map(WasiFunction::remedy)
                                                        .orElse(
                                                                "docs/plugin-author.md, WASI, lists"
                                                                        + " what is")));
        requireSignature(
                i, function.signature(), "WASI", "build it with a toolchain for WASI preview 1");
        Set<Capability> anyOf = function.access().anyOf();
        if (!anyOf.isEmpty() && anyOf.stream().noneMatch(this::declares)) {
            List<String> labels = anyOf.stream().sorted().map(Capability::label).toList();
            throw undeclared(
                    i,
                    WasiFunction.MODULE,
                    String.join(" or ", labels),
                    "\"" + String.join("\" or \"", labels) + "\"");
        }
    }

    private void requireSignature(
            FunctionImport i, FunctionSignature expected, String says, String remedy) {
        if (!expected.equals(i.signature())) {
            throw PluginException.of(
                    ErrorCode.IMPORT_SIGNATURE,
                    who,
                    "import '%s' of '%s' has signature %s, %s says %s"
                            .formatted(i.name(), i.module(), i.signature(), says, expected),
                    remedy);
        }
    }

    private PluginException undeclared(
            FunctionImport i, String interfaceName, String needed, String quoted) {
        return PluginException.of(
                ErrorCode.CAPABILITY_UNDECLARED,
                who,
                "import '%s' of %s needs capability %s, which its manifest does not declare"
                        .formatted(i.name(), interfaceName, needed),
                "add " + quoted + " to \"capabilities\" in the manifest");
    }

    private void checkImport(FunctionImport i) {
        if (i.module().equals(WasiFunction.MODULE)) {
            checkWasi(i);
            return;
        }
        ImportName name = ImportName.parse(i.module()).orElseThrow(() -> unknown(i, ""));
        if (!name.served()) {
            throw PluginException.of(
                    ErrorCode.CONTRACT_VERSION,
                    who,
                    "it imports from '%s'; this host serves trinity:plugin 0.1.0"
                            .formatted(text(i.module())),
                    "build it against 0.1");
        }
        Map<String, ContractCodecs.Import> interfaceName =
                contract.interfaceName(name.interfaceName())
                        .orElseThrow(() -> unknown(i, ", an interface that nobody knows"));
        ContractCodecs.Import function = interfaceName.get(i.name());
        if (function == null) {
            throw unknown(i, "; the interface has " + String.join(", ", sorted(interfaceName)));
        }
        requireSignature(
                i,
                function.signature(),
                "the contract",
                "see plugin.wit, interface " + name.interfaceName());
        Optional<Capability> capability = Capability.ofInterface(name.interfaceName());
        if (capability.isPresent() && !declares(capability.get())) {
            String label = capability.get().label();
            throw undeclared(i, name.interfaceName(), label, "\"" + label + "\"");
        }
        if (name.interfaceName().equals("plugins") && manifest.dependencies().isEmpty()) {
            throw PluginException.of(
                    ErrorCode.CAPABILITY_UNDECLARED,
                    who,
                    "import '%s' of plugins needs a dependency, and its manifest declares none"
                            .formatted(i.name()),
                    "add the plugin that it calls to \"dependencies\" in the manifest");
        }
    }

    private boolean declares(Capability capability) {
        return manifest.capabilities().stream().anyMatch(n -> n.capability() == capability);
    }

    private PluginException unknown(FunctionImport i, String more) {
        return PluginException.of(
                ErrorCode.IMPORT_UNKNOWN,
                who,
                "import '%s' of module '%s' is not of the contract%s"
                        .formatted(text(i.name()), text(i.module()), more),
                i.module().startsWith("wasi_")
                        ? "this host serves WASI preview 1, as " + WasiFunction.MODULE
                        : "import from trinity:plugin/…@0.1.0 as plugin.wit says");
    }

    private Map<String, ContractCodecs.Export> exports() {
        ExportNames names = new ExportNames(module.exports());
        Map<String, ContractCodecs.Export> found = new LinkedHashMap<>();
        manifest.type().ifPresent(this::known);
        manifest.type().ifPresent(t -> required(t.world(), "type " + t.label(), names, found));
        for (HookDeclaration h : manifest.hooks()) {
            required(h.point().world(), "hook " + h.point().label(), names, found);
        }
        for (String world : List.of("checked", "callable")) {
            optional(world, names, found);
        }
        if (manifest.stateVersion().isPresent()) {
            required("stateful", "state-version", names, found);
        }
        return found;
    }

    private void known(ExtensionType type) {
        if (contract.types().containsKey(type.label())) {
            return;
        }
        Optional<String> why = contract.refused(type.label());
        throw why.isPresent()
                ? PluginException.of(
                        ErrorCode.TYPE_UNKNOWN,
                        who,
                        "it is of type '%s', which a bundle brings that was not taken in: %s"
                                .formatted(type.label(), why.get()),
                        "mend that bundle")
                : PluginException.of(
                        ErrorCode.TYPE_UNKNOWN,
                        who,
                        "it is of type '%s', which no bundle here brings".formatted(type.label()),
                        "types here are %s; install the bundle that brings it, or mend the manifest"
                                .formatted(String.join(", ", contract.types().keySet())));
    }

    private void required(
            String world,
            String because,
            ExportNames names,
            Map<String, ContractCodecs.Export> found) {
        contract.world(world)
                .forEach(
                        (name, export) -> {
                            if (names.function(name).isEmpty()) {
                                throw PluginException.of(
                                        ErrorCode.EXPORT_MISSING,
                                        who,
                                        "export '%s' is missing, which %s needs"
                                                .formatted(name, because),
                                        "export it with signature " + export.signature());
                            }
                        });
        optional(world, names, found);
    }

    private void optional(
            String world, ExportNames names, Map<String, ContractCodecs.Export> found) {
        contract.world(world)
                .forEach(
                        (name, export) ->
                                names.function(name)
                                        .ifPresent(
                                                actual -> {
                                                    signature(actual, export.signature());
                                                    names.post(name)
                                                            .ifPresent(
                                                                    p ->
                                                                            signature(
                                                                                    p,
                                                                                    post(export)));
                                                    found.put(name, export);
                                                }));
    }

    /** {@code cabi_post_…} takes what the function returns. */
    private static FunctionSignature post(ContractCodecs.Export export) {
        return new FunctionSignature(export.signature().results(), List.of());
    }

    private void signature(String export, FunctionSignature expected) {
        FunctionSignature actual = module.exports().get(export);
        if (!expected.equals(actual)) {
            throw PluginException.of(
                    ErrorCode.EXPORT_SIGNATURE,
                    who,
                    "export '%s' has signature %s, the contract says %s"
                            .formatted(export, actual, expected),
                    "see plugin.wit");
        }
    }

    private void memory(Map<String, ContractCodecs.Export> exports) {
        ExportNames names = new ExportNames(module.exports());
        boolean passesMemory = exports.values().stream().anyMatch(e -> !e.signature().equals(NONE));
        if (passesMemory && !module.hasMemory()) {
            throw missing("memory", "every list and string passes through it");
        }
        if (passesMemory && names.realloc().isEmpty()) {
            throw missing("cabi_realloc", "the host asks it for room for what it hands over");
        }
        names.realloc().ifPresent(r -> signature(r, REALLOC));
        long bytes = module.memoryMinPages() * PAGE_BYTES;
        long limit = policy.limits(manifest.name()).memoryBytes();
        if (bytes > limit) {
            throw PluginException.of(
                    ErrorCode.LIMIT_MEMORY,
                    who,
                    "its memory begins with %s pages (%s bytes), the limit is %s bytes"
                            .formatted(module.memoryMinPages(), bytes, limit),
                    "raise memoryBytes in " + Places.ofPlugin(manifest.name()));
        }
    }

    private PluginException missing(String export, String because) {
        return PluginException.of(
                ErrorCode.EXPORT_MISSING, who, "export '" + export + "' is missing", because);
    }

    private static List<String> sorted(Map<String, ?> map) {
        return map.keySet().stream().sorted().toList();
    }

    private static String text(String strangers) {
        return Escaped.name(strangers, TEXT_LENGTH);
    }
}
