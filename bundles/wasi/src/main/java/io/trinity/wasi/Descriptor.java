package io.trinity.wasi;

/** What a number of a file stands for, in one guest. */
sealed interface Descriptor {
    /** {@code $filetype}. Source: witx. */
    int CHARACTER_DEVICE = 2;

    int DIRECTORY = 3;
    int REGULAR_FILE = 4;

    /** {@code $fdflags}: writes go to the end. */
    int APPEND = 1;

    /** Stdin: at its end from the beginning. */
    record Input() implements Descriptor {}

    /** Stdout or stderr. */
    record Output(LineBuffer lines) implements Descriptor {}

    /** A directory; the root, whose path is empty, holds the granted ones. */
    final class Directory implements Descriptor {
        private final String path;
        private final long inheriting;
        private final boolean preopened;
        private long cookie;
        private String before = "";

        /**
         * @param path as the contract's functions take it; empty for the root
         * @param inheriting rights that what is opened in it may have
         */
        Directory(String path, long inheriting, boolean preopened) {
            this.path = path;
            this.inheriting = inheriting;
            this.preopened = preopened;
        }

        String path() {
            return path;
        }

        long inheriting() {
            return inheriting;
        }

        boolean preopened() {
            return preopened;
        }

        /** Remembers that the entry of that name has this cookie, in place of the one before. */
        void remember(long number, String name) {
            cookie = number;
            before = name;
        }

        boolean remembers(long number) {
            return cookie == number;
        }

        /** The name that is remembered; empty at the beginning. */
        String before() {
            return before;
        }
    }

    /** A file: its path, looked up anew at each use, and how far it was read or written. */
    final class OpenFile implements Descriptor {
        private final String path;
        private final long rights;
        private int flags;
        private long offset;

        OpenFile(String path, long rights, int flags) {
            this.path = path;
            this.rights = rights;
            this.flags = flags;
        }

        String path() {
            return path;
        }

        long rights() {
            return rights;
        }

        void require(long right) throws Errno.Raised {
            if ((rights & right) == 0) {
                throw Errno.NOTCAPABLE.raise();
            }
        }

        int flags() {
            return flags;
        }

        void flags(int now) {
            flags = now;
        }

        boolean appends() {
            return (flags & APPEND) != 0;
        }

        long offset() {
            return offset;
        }

        void offset(long now) {
            offset = now;
        }
    }
}
