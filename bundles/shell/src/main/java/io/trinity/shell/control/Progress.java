package io.trinity.shell.control;

/** What a command tells of itself while it runs, to whoever waits for it. Thread-safe. */
public interface Progress {
    /** The session variable that holds one; absent where nobody waits. */
    String VARIABLE = ".trinity.progress";

    /** What is being done from now on, in a few words; empty when it is over. */
    void doing(String what);

    /** What the host goes on with when whoever waits is gone; empty when it would end with them. */
    void goesOn(String what);
}
