package io.trinity.wasi;

import io.trinity.api.engine.FunctionSignature;
import io.trinity.api.engine.FunctionSignature.ValueType;
import io.trinity.api.plugin.Capability;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of WASI preview 1, their core signatures, and what a module that imports one has to
 * declare. {@code docs/plugin-author.md} lists the same; a test compares them. Source: witx.
 */
public enum WasiFunction {
    ARGS_GET("ii", Access.FREE),
    ARGS_SIZES_GET("ii", Access.FREE),
    ENVIRON_GET("ii", Access.FREE),
    ENVIRON_SIZES_GET("ii", Access.FREE),
    CLOCK_RES_GET("ii", Access.FREE),
    CLOCK_TIME_GET("iIi", Access.FREE),
    RANDOM_GET("ii", Access.FREE),
    PROC_EXIT("i", Access.FREE),
    SCHED_YIELD("", Access.FREE),
    POLL_ONEOFF("iiii", Access.FREE),
    FD_ADVISE("iIIi", Access.FREE),
    FD_CLOSE("i", Access.FREE),
    FD_DATASYNC("i", Access.FREE),
    FD_FDSTAT_GET("ii", Access.FREE),
    FD_FDSTAT_SET_FLAGS("ii", Access.FREE),
    FD_FILESTAT_GET("ii", Access.FREE),
    FD_PREAD("iiiIi", Access.FREE),
    FD_PRESTAT_GET("ii", Access.FREE),
    FD_PRESTAT_DIR_NAME("iii", Access.FREE),
    FD_PWRITE("iiiIi", Access.FREE),
    FD_READ("iiii", Access.FREE),
    FD_RENUMBER("ii", Access.FREE),
    FD_SEEK("iIii", Access.FREE),
    FD_SYNC("i", Access.FREE),
    FD_TELL("ii", Access.FREE),
    FD_WRITE("iiii", Access.FREE),
    PATH_OPEN("iiiiiIIii", Access.READ_OR_WRITE),
    FD_READDIR("iiiIi", Access.READ),
    PATH_FILESTAT_GET("iiiii", Access.READ),
    PATH_READLINK("iiiiii", Access.READ),
    FD_FILESTAT_SET_SIZE("iI", Access.WRITE),
    PATH_CREATE_DIRECTORY("iii", Access.WRITE),
    PATH_REMOVE_DIRECTORY("iii", Access.WRITE),
    PATH_UNLINK_FILE("iii", Access.WRITE),
    FD_ALLOCATE("iII", Access.NONE),
    FD_FDSTAT_SET_RIGHTS("iII", Access.NONE),
    FD_FILESTAT_SET_TIMES("iIIi", Access.NONE),
    PATH_FILESTAT_SET_TIMES("iiiiIIi", Access.NONE),
    PATH_LINK("iiiiiii", Access.NONE),
    PATH_RENAME("iiiiii", Access.NONE),
    PATH_SYMLINK("iiiii", Access.NONE),
    PROC_RAISE("i", Access.NONE),
    SOCK_ACCEPT("iii", Access.NONE),
    SOCK_RECV("iiiiii", Access.NONE),
    SOCK_SEND("iiiii", Access.NONE),
    SOCK_SHUTDOWN("ii", Access.NONE);

    /** What it takes to import a function. */
    public enum Access {
        /** No capability. What opens nothing is dangerous to nobody. */
        FREE,
        READ(Capability.FILE_READ),
        WRITE(Capability.FILE_WRITE),
        /** Either of them: which one an open file needs is decided when it is opened. */
        READ_OR_WRITE(Capability.FILE_READ, Capability.FILE_WRITE),
        /** Not served: whoever imports it is refused. */
        NONE;

        private final Set<Capability> anyOf;

        Access(Capability... anyOf) {
            this.anyOf = Set.of(anyOf);
        }

        /** Any one of these; empty where it takes none. */
        public Set<Capability> anyOf() {
            return anyOf;
        }
    }

    /** The module that its functions are imported from. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private final FunctionSignature signature;
    private final Access access;

    WasiFunction(String parameters, Access access) {
        List<ValueType> types =
                parameters.chars().mapToObj(c -> c == 'I' ? ValueType.I64 : ValueType.I32).toList();
        boolean returns = !name().equals("PROC_EXIT");
        this.signature = new FunctionSignature(types, returns ? List.of(ValueType.I32) : List.of());
        this.access = access;
    }

    /** As modules import it: {@code fd_write}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public FunctionSignature signature() {
        return signature;
    }

    public Access access() {
        return access;
    }

    public boolean served() {
        return access != Access.NONE;
    }

    /** The function of that name, served or not. */
    public static Optional<WasiFunction> byLabel(String label) {
        return List.of(values()).stream().filter(f -> f.label().equals(label)).findFirst();
    }

    /** What somebody can do who wants a function that is not served. */
    public String remedy() {
        return switch (this) {
            case SOCK_ACCEPT, SOCK_RECV, SOCK_SEND, SOCK_SHUTDOWN ->
                    "use http or tcp of the contract";
            case PATH_RENAME, PATH_LINK -> "write the new file and remove the old one";
            case PATH_SYMLINK -> "no link is followed here; write a file instead";
            case FD_ALLOCATE -> "write or ftruncate instead";
            default -> "leave the call out";
        };
    }
}
