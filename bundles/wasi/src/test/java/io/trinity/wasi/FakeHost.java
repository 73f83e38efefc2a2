package io.trinity.wasi;

import static org.junit.jupiter.api.Assertions.assertSame;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.host.FileChanges;
import io.trinity.api.host.Files;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
import io.trinity.api.sandbox.HostInterface.HostCall;
import io.trinity.api.wasi.PosixFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/**
 * Files in memory, behind the very functions that the bundle {@code files} has: directory {@code
 * maps}, with what a test puts there. Directories end in a slash.
 */
final class FakeHost implements WasiHost, Files, FileChanges, PosixFiles {
    static final PluginRef WHO = new PluginRef("lidar", new Version(1, 2, 0));
    static final int PAGE = 3;
    private static final HostCall CALL = new HostCall(WHO, Long.MAX_VALUE);
    private static final int MAX_FILE_BYTES = 16 << 20;

    final TreeMap<String, byte[]> files = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    boolean usesFiles = true;
    boolean mayRead = true;
    boolean mayWrite = true;
    @Nullable Reason failing;
    long quota = 1 << 20;
    long held;
    long spent;
    long deadlineNanos = Long.MAX_VALUE;
    long waited;

    FakeHost() {
        files.put("maps/", new byte[0]);
    }

    @Override
    public PluginRef plugin() {
        return WHO;
    }

    @Override
    public boolean usesFiles() {
        return usesFiles;
    }

    @Override
    public HostCall hostCall() {
        return CALL;
    }

    @Override
    public Files files() {
        return this;
    }

    @Override
    public FileChanges fileChanges() {
        return this;
    }

    @Override
    public PosixFiles posixFiles() {
        return this;
    }

    private void begin(HostCall call, String function, boolean granted) throws HostFailure {
        assertSame(CALL, call);
        asked.add(function);
        if (failing != null) {
            throw new HostFailure(failing, "as the test wants it");
        }
        if (!granted) {
            throw new HostFailure(Reason.DENIED, "not granted");
        }
    }

    private void begin(HostCall call, String function, boolean granted, String path)
            throws HostFailure {
        begin(call, function + " " + path, granted);
        if (List.of(path.split("/")).contains("..") || !path.matches("maps(/.*)?")) {
            throw new HostFailure(Reason.DENIED, "out");
        }
    }

    private boolean isThere(String path) {
        return files.containsKey(path) || files.containsKey(path + "/");
    }

    private byte[] existing(String path) throws HostFailure {
        byte[] found = files.get(path);
        if (found == null) {
            throw new HostFailure(
                    files.containsKey(path + "/") ? Reason.INVALID : Reason.NOT_FOUND, path);
        }
        return found;
    }

    @Override
    public byte[] read(HostCall call, String path, long offset, long length) throws HostFailure {
        begin(call, "files.read", mayRead, path);
        byte[] all = existing(path);
        int from = (int) Math.min(all.length, offset);
        return Arrays.copyOfRange(all, from, (int) Math.min(all.length, from + length));
    }

    @Override
    public Entry stat(HostCall call, String path) throws HostFailure {
        begin(call, "files.stat", mayRead, path);
        return entry(path);
    }

    private Entry entry(String path) throws HostFailure {
        boolean directory = files.containsKey(path + "/");
        long size = directory ? 0 : existing(path).length;
        return new Entry(path.substring(path.lastIndexOf('/') + 1), size, 77, directory);
    }

    @Override
    public List<Entry> entries(HostCall call, String path, String after) throws HostFailure {
        begin(call, "files.entries", mayRead, path);
        List<Entry> page = new ArrayList<>();
        for (String key : files.tailMap(path + "/", false).keySet()) {
            if (!key.startsWith(path + "/")) {
                break;
            }
            String name = key.substring(path.length() + 1);
            String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            if (plain.indexOf('/') < 0 && plain.compareTo(after) > 0 && page.size() < PAGE) {
                page.add(entry(path + "/" + plain));
            }
        }
        return page;
    }

    private static void requireFits(long size) throws HostFailure {
        if (size < 0 || size > MAX_FILE_BYTES) {
            throw new HostFailure(Reason.LIMIT, "too long");
        }
    }

    @Override
    public void write(HostCall call, String path, long offset, byte[] data) throws HostFailure {
        begin(call, "file-changes.write", mayWrite, path);
        put(path, offset, data);
    }

    private void put(String path, long offset, byte[] data) throws HostFailure {
        requireFits(offset + data.length);
        byte[] old = files.getOrDefault(path, new byte[0]);
        byte[] now = Arrays.copyOf(old, Math.max(old.length, (int) offset + data.length));
        System.arraycopy(data, 0, now, (int) offset, data.length);
        files.put(path, now);
    }

    @Override
    public void resize(HostCall call, String path, long size) throws HostFailure {
        begin(call, "file-changes.resize", mayWrite, path);
        requireFits(size);
        files.put(path, Arrays.copyOf(existing(path), (int) size));
    }

    @Override
    public void remove(HostCall call, String path) {
        throw new IllegalStateException("WASI does not call file-changes.remove");
    }

    @Override
    public List<String> directories(HostCall call) throws HostFailure {
        begin(call, "posix-files.directories", mayRead);
        return List.of("maps", "atlas");
    }

    @Override
    public Outcome open(
            HostCall call, String path, boolean create, boolean exclusive, boolean truncate)
            throws HostFailure {
        begin(call, "posix-files.open", mayWrite, path);
        if (isThere(path) && exclusive) {
            return Outcome.EXISTS;
        }
        if (files.containsKey(path + "/")) {
            return Outcome.IS_DIRECTORY;
        }
        if (!create) {
            existing(path);
        }
        if (truncate || !isThere(path)) {
            files.put(path, new byte[0]);
        }
        return Outcome.DONE;
    }

    @Override
    public long append(HostCall call, String path, byte[] data) throws HostFailure {
        begin(call, "posix-files.append", mayWrite, path);
        put(path, existing(path).length, data);
        return existing(path).length;
    }

    @Override
    public Outcome makeDirectory(HostCall call, String path) throws HostFailure {
        begin(call, "posix-files.make-directory", mayWrite, path);
        if (isThere(path)) {
            return Outcome.EXISTS;
        }
        files.put(path + "/", new byte[0]);
        return Outcome.DONE;
    }

    @Override
    public Outcome removeFile(HostCall call, String path) throws HostFailure {
        begin(call, "posix-files.remove-file", mayWrite, path);
        if (files.containsKey(path + "/")) {
            return Outcome.IS_DIRECTORY;
        }
        existing(path);
        files.remove(path);
        return Outcome.DONE;
    }

    @Override
    public Outcome removeDirectory(HostCall call, String path) throws HostFailure {
        begin(call, "posix-files.remove-directory", mayWrite, path);
        if (!files.containsKey(path + "/")) {
            existing(path);
            return Outcome.NOT_DIRECTORY;
        }
        String next = files.higherKey(path + "/");
        if (next != null && next.startsWith(path + "/")) {
            return Outcome.NOT_EMPTY;
        }
        files.remove(path + "/");
        return Outcome.DONE;
    }

    @Override
    public void line(boolean error, String text) {
        lines.add((error ? "WARN " : "INFO ") + text);
    }

    @Override
    public void spend(String function, long nanos) {
        spent += nanos;
    }

    @Override
    public void sleep(String function, long nanos) throws InterruptedException {
        if (nanos >= deadlineNanos) {
            throw PluginException.of(ErrorCode.LIMIT_TIME, WHO, "too long", "");
        }
        waited += nanos;
        TimeUnit.NANOSECONDS.sleep(nanos);
    }

    @Override
    public long cpuNanosUsed() {
        return 4321;
    }

    @Override
    public MemoryQuota memory() {
        return new MemoryQuota() {
            @Override
            public boolean tryReserve(long bytes, long heapBytes) {
                if (held + bytes > quota) {
                    return false;
                }
                held += bytes;
                return true;
            }

            @Override
            public void release(long bytes, long heapBytes) {
                held -= bytes;
            }

            @Override
            public long limitBytes() {
                return quota;
            }
        };
    }
}
