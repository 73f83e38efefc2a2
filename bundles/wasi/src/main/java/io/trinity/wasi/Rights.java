package io.trinity.wasi;

/** The bits of {@code $rights} that mean something here. Source: witx. */
final class Rights {
    static final long FD_READ = 1L << 1;
    static final long FD_SEEK = 1L << 2;
    static final long FD_TELL = 1L << 5;
    static final long FD_WRITE = 1L << 6;
    static final long FD_ALLOCATE = 1L << 8;
    static final long FD_READDIR = 1L << 14;
    static final long FD_FILESTAT_SET_SIZE = 1L << 22;
    static final long ALL = (1L << 30) - 1;

    /** Whoever asks for one of these wants to change the file. */
    static final long CHANGING = FD_WRITE | FD_ALLOCATE | FD_FILESTAT_SET_SIZE;

    /** Whoever asks for one of these wants to see what is in it. */
    static final long SEEING = FD_READ | FD_READDIR;

    private Rights() {}
}
