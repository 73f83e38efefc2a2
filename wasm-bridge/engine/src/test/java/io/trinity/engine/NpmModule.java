package io.trinity.engine;

import io.trinity.api.engine.CompiledModule;
import io.trinity.api.engine.GuestCode;
import io.trinity.testkit.MapClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Modules that people use, out of packages of npm; resources/npm/README.md has where from. */
enum NpmModule {
    SOURCE_MAP("source-map", (name, side, arguments) -> 0),
    SQL_JS("sql.js", NpmModule::posix),
    YOGA("yoga-layout", copying("x")),
    LLHTTP("undici-llhttp", (name, side, arguments) -> 0),
    ARGON2("argon2-browser", copying("a"));

    private static final Path FOLDER = Path.of("src/test/resources/npm");
    private static final Map<NpmModule, GuestCode> CODE = new EnumMap<>(NpmModule.class);

    private final String file;
    private final Side.Host host;

    NpmModule(String file, Side.Host host) {
        this.file = file;
        this.host = host;
    }

    byte[] bytes() {
        return ModuleCorpus.read(FOLDER.resolve(file + ".wasm"));
    }

    /** Another file of the folder. */
    static String text(String name) {
        return new String(ModuleCorpus.read(FOLDER.resolve(name)), StandardCharsets.UTF_8);
    }

    /** What it imports, as far as its calls here need it. */
    Side.Host host() {
        return host;
    }

    /** Compiled by us, once for all tests. */
    GuestCode code() {
        synchronized (CODE) {
            return CODE.computeIfAbsent(this, m -> load(m.bytes()));
        }
    }

    static GuestCode load(byte[] module) {
        CompiledModule compiled = TestEngine.ENGINE.compile(EngineFixture.WHO, module);
        return TestEngine.ENGINE.load(
                EngineFixture.WHO, compiled.module(), new MapClassLoader(compiled.classes()));
    }

    /** A memcpy that is left to the host, and nothing else. */
    private static Side.Host copying(String memcpy) {
        return (name, side, arguments) -> {
            if (name.equals(memcpy)) {
                side.write((int) arguments[0], side.read((int) arguments[1], (int) arguments[2]));
            }
            return 0;
        };
    }

    /** A system without files, where it is always the same time; names as the linker made them. */
    private static long posix(String name, Side side, long[] arguments) {
        return switch (name) {
            case "c", "d" -> Double.doubleToRawLongBits(1.75e12); // the time, in milliseconds
            case "y" -> -44; // openat: there is no such file
            default -> 0;
        };
    }
}
