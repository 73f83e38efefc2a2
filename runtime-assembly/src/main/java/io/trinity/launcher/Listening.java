package io.trinity.launcher;

import java.io.PrintStream;

/** What a client does with an answer while it comes. */
interface Listening {
    /** Standard output; throws where nobody takes it any more. */
    void out(byte[] bytes) throws java.io.IOException;

    /** Standard error. */
    void err(byte[] bytes);

    /** What the host does just now; empty where it does not say. About four times a second. */
    void progress(String doing);

    /** What the host goes on with if this client ends now; empty for nothing. */
    void goesOn(String what);

    /** Copies both streams, and cares for nothing else. */
    static Listening to(PrintStream out, PrintStream err) {
        return new Listening() {
            @Override
            public void out(byte[] bytes) {
                out.write(bytes, 0, bytes.length);
                out.flush();
            }

            @Override
            public void err(byte[] bytes) {
                err.write(bytes, 0, bytes.length);
                err.flush();
            }

            @Override
            public void progress(String doing) {
                // Nobody looks.
            }

            @Override
            public void goesOn(String what) {
                // Nobody ends it.
            }
        };
    }
}
