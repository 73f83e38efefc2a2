package io.trinity.launcher;

import io.trinity.api.plugin.PluginException;
import io.trinity.wrapper.ModulePacker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code pack MODULE MANIFEST [-o OUT]}: puts a manifest into a module. */
final class PackCommand {
    private static final String USAGE = "./tri pack MODULE.wasm MANIFEST.json [-o OUT.wasm]";

    private PackCommand() {}

    static int run(List<String> words) throws IOException {
        Arguments arguments = Arguments.parse(USAGE, Set.of("-o"), 2, words);
        Path module = GivenFile.existing(Path.of(arguments.value(0)));
        Path manifest = GivenFile.existing(Path.of(arguments.value(1)));
        Path out = arguments.option("-o").map(Path::of).orElse(module);
        byte[] packed;
        try {
            packed = ModulePacker.pack(Files.readAllBytes(module), Files.readAllBytes(manifest));
        } catch (PluginException e) {
            throw new Failure(e.code() + ": " + e.getMessage(), e);
        }
        AtomicFile.write(out, packed);
        System.out.println("packed  " + out + "  " + packed.length + " bytes");
        return 0;
    }
}
