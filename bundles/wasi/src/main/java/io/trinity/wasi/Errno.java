package io.trinity.wasi;

import io.trinity.api.sandbox.HostFailure;

/** The errors of WASI that this host gives, with their numbers. Source: witx, {@code $errno}. */
enum Errno {
    SUCCESS(0),
    BADF(8),
    DQUOT(19),
    EXIST(20),
    FBIG(22),
    ILSEQ(25),
    INTR(27),
    INVAL(28),
    IO(29),
    ISDIR(31),
    MFILE(33),
    NAMETOOLONG(37),
    NOENT(44),
    NOMEM(48),
    NOTDIR(54),
    NOTEMPTY(55),
    NOTSUP(58),
    SPIPE(70),
    TIMEDOUT(73),
    NOTCAPABLE(76);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** What a failure of the host's own functions is for a guest that speaks WASI. */
    static Errno of(HostFailure.Reason reason) {
        return switch (reason) {
            case DENIED -> NOTCAPABLE;
            case INVALID -> INVAL;
            case NOT_FOUND -> NOENT;
            case LIMIT -> DQUOT;
            case TIMEOUT -> TIMEDOUT;
            case UNAVAILABLE, FAILED -> IO;
        };
    }

    /** The way out of a function that fails. Without stack trace: it is an answer. */
    static final class Raised extends Exception {
        private static final long serialVersionUID = 1L;

        private final Errno errno;

        Raised(Errno errno) {
            super(errno.name(), null, false, false);
            this.errno = errno;
        }

        Errno errno() {
            return errno;
        }
    }

    Raised raise() {
        return new Raised(this);
    }
}
