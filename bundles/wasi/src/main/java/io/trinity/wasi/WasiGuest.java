package io.trinity.wasi;

import io.trinity.api.sandbox.HostFailure;
import io.trinity.canonical.abi.LinearMemory;
import io.trinity.wasi.Descriptor.Directory;
import io.trinity.wasi.Descriptor.Input;
import io.trinity.wasi.Descriptor.Output;
import io.trinity.wasi.WasiFunction.Access;

/** WASI preview 1 for one guest. Confined to its calls, as the guest is. */
public final class WasiGuest {
    /** Where the preopened directory is, by custom. */
    static final int ROOT = 3;

    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final WasiHost host;
    private final LineBuffer out;
    private final LineBuffer error;
    private final Descriptors descriptors;
    private final ProcessFunctions process;
    private final DescriptorFunctions ofDescriptors;
    private final FileFunctions files;
    private final PathFunctions paths;
    private final DirectoryReading directories;

    /** With stdin, stdout, stderr and, where its manifest wants files, the root. */
    public WasiGuest(WasiHost host) {
        this.host = host;
        this.out = new LineBuffer(line -> host.line(false, line));
        this.error = new LineBuffer(line -> host.line(true, line));
        this.descriptors = new Descriptors(host.memory());
        descriptors.set(STDIN, new Input());
        descriptors.set(STDOUT, new Output(out));
        descriptors.set(STDERR, new Output(error));
        if (host.usesFiles()) {
            descriptors.set(ROOT, new Directory("", Rights.ALL, true));
        }
        FileStats stats = new FileStats(host);
        this.process = new ProcessFunctions(host);
        this.ofDescriptors = new DescriptorFunctions(descriptors, stats);
        this.files = new FileFunctions(host, descriptors, stats);
        this.paths = new PathFunctions(host, descriptors, stats);
        this.directories = new DirectoryReading(host, descriptors);
    }

    /**
     * Does what a function of WASI promises.
     *
     * @param memory the guest's
     * @param arguments core values; the high half of an i32 is ignored
     * @return the error number; 0 for none
     * @throws io.trinity.api.plugin.PluginException GUEST_ABI for a pointer that lies, GUEST_TRAP
     *     for {@code proc_exit}, and a limit
     */
    public long call(WasiFunction function, LinearMemory memory, long[] arguments) {
        GuestBytes bytes = new GuestBytes(memory, host.plugin(), function);
        try {
            return serve(function, bytes, cut(function, arguments)).number();
        } catch (Errno.Raised e) {
            return e.errno().number();
        } catch (HostFailure e) {
            return Errno.of(e.reason()).number();
        }
    }

    private static long[] cut(WasiFunction function, long[] arguments) {
        long[] values = arguments.clone();
        var types = function.signature().parameters();
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (types.get(i)) {
                        case I32 -> values[i] & 0xffff_ffffL;
                        default -> values[i];
                    };
        }
        return values;
    }

    private Errno serve(WasiFunction function, GuestBytes m, long[] a)
            throws Errno.Raised, HostFailure {
        return switch (function) {
            case ARGS_GET -> process.argsGet(m, a);
            case ARGS_SIZES_GET -> process.argsSizesGet(m, a);
            case ENVIRON_GET -> Errno.SUCCESS;
            case ENVIRON_SIZES_GET -> process.environSizesGet(m, a);
            case CLOCK_RES_GET -> process.clockResGet(m, a);
            case CLOCK_TIME_GET -> process.clockTimeGet(m, a);
            case RANDOM_GET -> process.randomGet(m, a);
            case PROC_EXIT -> throw process.exit(a);
            case SCHED_YIELD -> Errno.SUCCESS;
            case POLL_ONEOFF -> process.pollOneoff(m, a);
            case FD_ADVISE, FD_DATASYNC, FD_SYNC -> ofDescriptors.nothingToDo(a);
            case FD_CLOSE -> ofDescriptors.close(a);
            case FD_FDSTAT_GET -> ofDescriptors.fdstatGet(m, a);
            case FD_FDSTAT_SET_FLAGS -> ofDescriptors.fdstatSetFlags(a);
            case FD_FILESTAT_GET -> ofDescriptors.filestatGet(m, a);
            case FD_PRESTAT_GET -> ofDescriptors.prestatGet(m, a);
            case FD_PRESTAT_DIR_NAME -> ofDescriptors.prestatDirName(m, a);
            case FD_RENUMBER -> ofDescriptors.renumber(a);
            case FD_READ -> files.read(m, a);
            case FD_PREAD -> files.pread(m, a);
            case FD_WRITE -> files.write(m, a);
            case FD_PWRITE -> files.pwrite(m, a);
            case FD_SEEK -> files.seek(m, a);
            case FD_TELL -> files.tell(m, a);
            case FD_FILESTAT_SET_SIZE -> files.setSize(a);
            case FD_READDIR -> directories.read(m, a);
            case PATH_OPEN -> paths.open(m, a);
            case PATH_FILESTAT_GET -> paths.filestatGet(m, a);
            case PATH_READLINK -> paths.readlink(m, a);
            case PATH_CREATE_DIRECTORY -> paths.createDirectory(m, a);
            case PATH_REMOVE_DIRECTORY -> paths.removeDirectory(m, a);
            case PATH_UNLINK_FILE -> paths.unlinkFile(m, a);
            default -> throw notServed(function);
        };
    }

    private static IllegalStateException notServed(WasiFunction function) {
        return new IllegalStateException(
                function.label()
                        + (function.access() == Access.NONE ? " was admitted" : " is missing"));
    }

    /** A call of the plugin is over: what it wrote of a line is all there will be. */
    public void endOfCall() {
        out.flush();
        error.flush();
    }

    /** The guest is gone. */
    public void close() {
        descriptors.closeAll();
    }
}
