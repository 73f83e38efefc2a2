package io.trinity.wasi;

import io.trinity.api.engine.MemoryQuota;
import io.trinity.api.plugin.ErrorCode;
import io.trinity.api.plugin.PluginException;
import io.trinity.api.plugin.PluginRef;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostFailure.Reason;
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
final class FakeHost implements WasiHost {
    static final PluginRef WHO = new PluginRef("lidar", new Version(1, 2, 0));
    static final int PAGE = 3;
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
    public @Nullable Object call(String interfaceName, String function, Object... a)
            throws HostFailure {
        asked.add(interfaceName + "." + function + (a.length == 0 ? "" : " " + a[0]));
        boolean reads = interfaceName.equals("files") || function.equals("directories");
        if (failing != null) {
            throw new HostFailure(failing, "as the test wants it");
        }
        if (!(reads ? mayRead : mayWrite)) {
            throw new HostFailure(Reason.DENIED, "not granted");
        }
        if (function.equals("directories")) {
            return List.of("maps", "atlas");
        }
        String path = (String) a[0];
        if (List.of(path.split("/")).contains("..") || !path.matches("maps(/.*)?")) {
            throw new HostFailure(Reason.DENIED, "out");
        }
        return switch (interfaceName + "." + function) {
            case "files.read" -> read(path, (Long) a[1], (Long) a[2]);
            case "files.stat" -> stat(path);
            case "files.entries" -> entries(path, (String) a[1]);
            case "file-changes.write" -> write(path, (Long) a[1], (byte[]) a[2]);
            case "file-changes.resize" -> {
                requireFits((Long) a[1]);
                files.put(path, Arrays.copyOf(existing(path), ((Long) a[1]).intValue()));
                yield null;
            }
            case "posix-files.open" -> open(path, (Boolean) a[1], (Boolean) a[2], (Boolean) a[3]);
            case "posix-files.append" -> {
                write(path, existing(path).length, (byte[]) a[1]);
                yield (long) existing(path).length;
            }
            case "posix-files.make-directory" ->
                    isThere(path) ? "exists" : put(path + "/", new byte[0]);
            case "posix-files.remove-file" -> remove(path);
            case "posix-files.remove-directory" -> removeDirectory(path);
            default -> throw new IllegalStateException(interfaceName + "." + function);
        };
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

    private String put(String path, byte[] bytes) {
        files.put(path, bytes);
        return "done";
    }

    private byte[] read(String path, long offset, long length) throws HostFailure {
        byte[] all = existing(path);
        int from = (int) Math.min(all.length, offset);
        return Arrays.copyOfRange(all, from, (int) Math.min(all.length, from + length));
    }

    private Object[] stat(String path) throws HostFailure {
        boolean directory = files.containsKey(path + "/");
        long size = directory ? 0 : existing(path).length;
        return new Object[] {path.substring(path.lastIndexOf('/') + 1), size, 77L, directory};
    }

    private List<Object> entries(String path, String after) throws HostFailure {
        List<Object> page = new ArrayList<>();
        for (String key : files.tailMap(path + "/", false).keySet()) {
            if (!key.startsWith(path + "/")) {
                break;
            }
            String name = key.substring(path.length() + 1);
            String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
            if (plain.indexOf('/') < 0 && plain.compareTo(after) > 0 && page.size() < PAGE) {
                page.add(stat(path + "/" + plain));
            }
        }
        return page;
    }

    private static void requireFits(long size) throws HostFailure {
        if (size < 0 || size > MAX_FILE_BYTES) {
            throw new HostFailure(Reason.LIMIT, "too long");
        }
    }

    private @Nullable Object write(String path, long offset, byte[] data) throws HostFailure {
        requireFits(offset + data.length);
        byte[] old = files.getOrDefault(path, new byte[0]);
        byte[] now = Arrays.copyOf(old, Math.max(old.length, (int) offset + data.length));
        System.arraycopy(data, 0, now, (int) offset, data.length);
        files.put(path, now);
        return null;
    }

    private String open(String path, boolean create, boolean exclusive, boolean truncate)
            throws HostFailure {
        if (isThere(path) && exclusive) {
            return "exists";
        }
        if (files.containsKey(path + "/")) {
            return "is-directory";
        }
        if (!create) {
            existing(path);
        }
        if (truncate || !isThere(path)) {
            files.put(path, new byte[0]);
        }
        return "done";
    }

    private String remove(String path) throws HostFailure {
        if (files.containsKey(path + "/")) {
            return "is-directory";
        }
        existing(path);
        files.remove(path);
        return "done";
    }

    private String removeDirectory(String path) throws HostFailure {
        if (!files.containsKey(path + "/")) {
            existing(path);
            return "not-directory";
        }
        String next = files.higherKey(path + "/");
        if (next != null && next.startsWith(path + "/")) {
            return "not-empty";
        }
        files.remove(path + "/");
        return "done";
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
