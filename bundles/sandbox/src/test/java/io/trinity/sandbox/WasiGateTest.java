package io.trinity.sandbox;

import static io.trinity.sandbox.Faults.assertFault;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trinity.api.engine.StrippedModule;
import io.trinity.api.host.Files;
import io.trinity.api.manifest.Manifest.SettingType;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Capability;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.policy.Policy;
import io.trinity.api.sandbox.Generation;
import io.trinity.api.sandbox.GenerationSource;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.wasi.WasiFunction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WASI as a generation's guests have it: linked, counted, granted and taken back. */
@Timeout(20)
class WasiGateTest {
    private static final String DIGEST = "ab".repeat(32);
    private static final int ANSWER = 1024;
    private static final int VECTORS = 2048;
    private static final int TEXT = 4096;
    private static final int ROOT = 3;
    private static final long FD_READ = 2;
    private static final long FD_WRITE = 64;
    private static final int NOTCAPABLE = 76;
    private static final int IO = 29;

    private final FakeEngine engine = new FakeEngine();
    private final AtomicReference<Policy> policy = new AtomicReference<>(PolicyOf.DEFAULT);
    private final SandboxComponent sandbox = new SandboxComponent(engine, policy::get);
    private final List<String> asked = new ArrayList<>();
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(before);
    }

    private List<String> log(String logger) {
        return written.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(l -> l.contains(logger))
                .toList();
    }

    private static ManifestOf files() {
        return new ManifestOf().needs(Capability.FILE_READ).needs(Capability.FILE_WRITE, true, "");
    }

    private static Policy granting(Object... more) {
        Map<String, Object> values = new TreeMap<>();
        values.put("grants", new String[] {"file_read@" + DIGEST});
        for (int i = 0; i < more.length; i += 2) {
            values.put((String) more[i], more[i + 1]);
        }
        return new PolicyOf().lidar(values);
    }

    /** A module that imports all of WASI that its manifest lets it. */
    private Generation open(ManifestOf manifest) {
        boolean files = !manifest.get().capabilities().isEmpty();
        for (WasiFunction f : WasiFunction.values()) {
            if (f.served() && (files || f.access().anyOf().isEmpty())) {
                engine.module.imports(WasiFunction.MODULE, f.label(), f.signature());
            }
        }
        return sandbox.open(
                new GenerationSource(
                        manifest.get(),
                        7,
                        DIGEST,
                        new StrippedModule(new byte[0], "none", "fake"),
                        WasiGateTest.class.getClassLoader()));
    }

    private void serveFiles() {
        sandbox.bindInterface(
                new Files() {
                    @Override
                    public byte[] read(HostCall call, String path, long offset, long length) {
                        ask(call, "read", path);
                        return "hello".getBytes(StandardCharsets.UTF_8);
                    }

                    @Override
                    public Entry stat(HostCall call, String path) {
                        ask(call, "stat", path);
                        return new Entry("a", 5, 0, false);
                    }

                    @Override
                    public List<Entry> entries(HostCall call, String path, String after) {
                        ask(call, "entries", path);
                        return List.of();
                    }
                });
    }

    private void ask(HostCall call, String function, String path) {
        asked.add(function + " " + path);
        assertEquals("lidar", call.plugin().name());
    }

    private long call(FakeGuest guest, WasiFunction f, long... a) {
        return engine.link(f.label()).call(guest, a);
    }

    private long print(FakeGuest guest, int fd, String text) {
        int length = guest.memory.text(TEXT, text);
        guest.memory.putInt(VECTORS, TEXT);
        guest.memory.putInt(VECTORS + 4, length);
        return call(guest, WasiFunction.FD_WRITE, fd, VECTORS, 1, ANSWER);
    }

    private long openFile(FakeGuest guest, long rights) {
        int length = guest.memory.text(TEXT, "maps/a");
        return call(guest, WasiFunction.PATH_OPEN, ROOT, 0, TEXT, length, 0, rights, 0, 0, ANSWER);
    }

    @Test
    void whatIsPrintedIsInThePluginsLogWhenTheCallIsOver() {
        engine.start = (guest, links) -> print(guest, 1, "I begin");
        engine.work =
                guest -> {
                    print(guest, 1, "a line\nand a piece");
                    print(guest, 2, "alas\n");
                };
        Generation g = open(new ManifestOf());
        g.call("check", CallOptions.DEFAULT);
        assertEquals(
                List.of(
                        "INFO plugin.lidar - I begin",
                        "INFO plugin.lidar - a line",
                        "WARN plugin.lidar - alas",
                        "INFO plugin.lidar - and a piece"),
                log("plugin.lidar"));
        g.close();
    }

    @Test
    void whatWasWrittenBeforeATrapIsInTheLogToo() {
        engine.work =
                guest -> {
                    print(guest, 2, "assertion failed");
                    call(guest, WasiFunction.PROC_EXIT, 70);
                };
        Generation g = open(new ManifestOf());
        assertFault(
                ErrorCode.GUEST_TRAP,
                () -> g.call("check", CallOptions.DEFAULT),
                "plugin 'lidar' 1.2.0: it called exit(70)");
        assertEquals(List.of("WARN plugin.lidar - assertion failed"), log("plugin.lidar"));
        engine.work = guest -> assertEquals(0, print(guest, 1, "again"));
        g.call("check", CallOptions.DEFAULT);
        assertEquals(2, engine.guests.size());
        g.close();
    }

    @Test
    void printingHasTheLimitsOfTheLog() {
        policy.set(granting("logLines", 3));
        engine.work = guest -> print(guest, 1, "one\ntwo\u001b[2K\nthree\nfour\nfive\n");
        Generation g = open(new ManifestOf());
        g.call("check", CallOptions.DEFAULT);
        assertEquals(3, log("plugin.lidar").size());
        assertEquals("INFO plugin.lidar - two\\u{1b}[2K", log("plugin.lidar").get(1));
        g.close();
    }

    @Test
    void callsOfWasiAreHostCalls() {
        policy.set(granting("hostCalls", 3));
        engine.work =
                guest -> {
                    for (int i = 0; i < 4; i++) {
                        call(guest, WasiFunction.SCHED_YIELD);
                    }
                };
        Generation g = open(new ManifestOf());
        assertFault(ErrorCode.LIMIT_HOST_CALLS, () -> g.call("check", CallOptions.DEFAULT));
        g.close();
    }

    @Test
    void soAreThoseThatTheyLeadTo() {
        serveFiles();
        policy.set(granting("hostCalls", 3));
        engine.work = guest -> openFile(guest, FD_READ);
        Generation g = open(files());
        g.call("check", CallOptions.DEFAULT);
        assertEquals(List.of("stat maps/a"), asked);
        engine.work =
                guest -> {
                    openFile(guest, FD_READ);
                    openFile(guest, FD_READ);
                };
        assertFault(
                ErrorCode.LIMIT_HOST_CALLS,
                () -> g.call("check", CallOptions.DEFAULT),
                "more than 3 times");
        g.close();
    }

    @Test
    void noneOfThemCanBeCalledFromWithinTheAllocator() {
        engine.module.imports("config", "get");
        engine.work =
                guest -> {
                    guest.functions.put("cabi_realloc", a -> call(guest, WasiFunction.SCHED_YIELD));
                    engine.link("get").call(guest, new long[] {0, 0, ANSWER});
                };
        Generation g = open(new ManifestOf().setting("", SettingType.STRING, Optional.of("text")));
        assertFault(
                ErrorCode.GUEST_ABI,
                () -> g.call("check", CallOptions.DEFAULT),
                "wasi.sched_yield from within cabi_realloc");
        g.close();
    }

    @Test
    void aFileIsOpenedWithAGrantAndReadUntilThatIsTakenBack() {
        serveFiles();
        policy.set(granting());
        List<Long> answers = new ArrayList<>();
        engine.work =
                guest -> {
                    answers.add(openFile(guest, FD_READ));
                    int fd = guest.memory.getInt(ANSWER);
                    guest.memory.putInt(VECTORS, TEXT);
                    guest.memory.putInt(VECTORS + 4, 100);
                    long[] read = {fd, VECTORS, 1, ANSWER};
                    answers.add(call(guest, WasiFunction.FD_READ, read));
                    policy.set(PolicyOf.DEFAULT);
                    answers.add(call(guest, WasiFunction.FD_READ, read));
                    answers.add(openFile(guest, FD_READ));
                    policy.set(granting());
                    answers.add(call(guest, WasiFunction.FD_READ, read));
                };
        Generation g = open(files());
        g.call("check", CallOptions.DEFAULT);
        assertEquals(List.of(0L, 0L, (long) NOTCAPABLE, (long) NOTCAPABLE, 0L), answers);
        List<String> audit = log("io.trinity.audit");
        assertEquals(2, audit.size(), audit::toString);
        assertTrue(
                audit.get(0)
                        .endsWith(
                                "plugin=lidar version=1.2.0 capability=file_read"
                                        + " function=files.read decision=denied more=0"
                                        + " why=\"capability file_read is not granted\" by=host"),
                audit.get(0));
        assertTrue(audit.get(1).contains("function=files.stat"), audit.get(1));
        g.close();
    }

    @Test
    void whatIsNotGrantedOrNotServedCannotBeWritten() {
        policy.set(granting());
        engine.module.imports("host", "explain");
        List<String> why = new ArrayList<>();
        engine.work =
                guest -> {
                    assertEquals(NOTCAPABLE, openFile(guest, FD_WRITE));
                    why.add(explained(guest));
                    policy.set(
                            new PolicyOf()
                                    .lidar(
                                            Map.of(
                                                    "grants",
                                                    new String[] {
                                                        "file_read@" + DIGEST,
                                                        "file_write@" + DIGEST
                                                    })));
                    assertEquals(IO, openFile(guest, FD_WRITE));
                    why.add(explained(guest));
                };
        Generation g = open(files());
        g.call("check", CallOptions.DEFAULT);
        assertEquals(
                List.of(
                        "capability file_write is not granted",
                        "nobody serves interface posix-files here"),
                why);
        g.close();
    }

    private String explained(FakeGuest guest) {
        engine.link("explain").call(guest, new long[] {ANSWER});
        return guest.memory.textAt(ANSWER);
    }

    @Test
    void aFileThatIsLeftOpenStaysOpenUntilTheGuestEndsAndCostsThePlugin() {
        serveFiles();
        policy.set(granting());
        engine.work = guest -> assertEquals(0, openFile(guest, FD_READ));
        Generation g = open(files());
        long one = g.memoryBytes();
        g.call("check", CallOptions.DEFAULT);
        long two = g.memoryBytes();
        assertTrue(two > one, one + " " + two);
        g.call("check", CallOptions.DEFAULT);
        assertEquals(5, engine.guests.get(0).memory.getInt(ANSWER));
        assertTrue(g.memoryBytes() > two);
        g.close();
        assertEquals(0, g.memoryBytes());
    }

    @Test
    void theProcessorsClockTellsWhatTheCallUsed() {
        policy.set(granting("cpuMillis", 50));
        engine.work =
                guest -> {
                    guest.cpuSpent = 7000;
                    assertEquals(0, call(guest, WasiFunction.CLOCK_TIME_GET, 2, 0, ANSWER));
                    assertEquals(7000, guest.memory.getLong(ANSWER));
                };
        Generation g = open(new ManifestOf());
        g.call("check", CallOptions.DEFAULT);
        g.close();
    }

    @Test
    void whoSleepsLongerThanItsCallIsEndedAtOnce() {
        policy.set(granting("wallMillis", 5000));
        engine.work =
                guest -> {
                    guest.memory.putInt(TEXT + 16, 1);
                    guest.memory.putLong(TEXT + 24, TimeUnit.SECONDS.toNanos(6));
                    call(guest, WasiFunction.POLL_ONEOFF, TEXT, VECTORS, 1, ANSWER);
                };
        Generation g = open(new ManifestOf());
        long begin = System.nanoTime();
        assertFault(
                ErrorCode.LIMIT_TIME, () -> g.call("check", CallOptions.DEFAULT), "poll_oneoff");
        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(4));
        g.close();
    }
}
