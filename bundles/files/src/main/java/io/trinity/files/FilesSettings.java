package io.trinity.files;

import io.trinity.api.config.ConfigValues;

/** What is configured; see {@link FilesDefinition} for each. Pure. */
record FilesSettings(
        int maxReadBytes,
        long maxCallReadBytes,
        long maxFileBytes,
        long maxCallWriteBytes,
        long maxWrittenBytes,
        int maxEntries,
        int maxPathBytes,
        int maxNameBytes,
        int maxDepth) {
    static final String PID = "io.trinity.files";

    /** Of one read, and of one listing: the contract's. */
    static final int CONTRACT_READ_BYTES = 1 << 20;

    static final int CONTRACT_ENTRIES = 1000;

    static final FilesSettings DEFAULT =
            new FilesSettings(1 << 20, 16 << 20, 16 << 20, 64 << 20, 1 << 30, 1000, 1024, 255, 16);

    /**
     * @param last what stays in effect where a value is invalid
     */
    static FilesSettings read(ConfigValues v, FilesSettings last) {
        FilesSettings d = DEFAULT;
        return new FilesSettings(
                (int)
                        v.number(
                                "maxReadBytes",
                                d.maxReadBytes,
                                last.maxReadBytes,
                                1024,
                                CONTRACT_READ_BYTES),
                v.number(
                        "maxCallReadBytes",
                        d.maxCallReadBytes,
                        last.maxCallReadBytes,
                        1024,
                        1 << 30),
                v.number("maxFileBytes", d.maxFileBytes, last.maxFileBytes, 1024, 1 << 30),
                v.number(
                        "maxCallWriteBytes",
                        d.maxCallWriteBytes,
                        last.maxCallWriteBytes,
                        4096,
                        1L << 32),
                v.number("maxWrittenBytes", d.maxWrittenBytes, last.maxWrittenBytes, 0, 1L << 42),
                (int) v.number("maxEntries", d.maxEntries, last.maxEntries, 1, CONTRACT_ENTRIES),
                (int) v.number("maxPathBytes", d.maxPathBytes, last.maxPathBytes, 16, 4096),
                (int) v.number("maxNameBytes", d.maxNameBytes, last.maxNameBytes, 8, 255),
                (int) v.number("maxDepth", d.maxDepth, last.maxDepth, 1, 64));
    }
}
