package io.trinity.engine.run;

/** A host function failed with something that is no refusal: a defect of the host. */
final class HostFault extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    HostFault(String function, RuntimeException cause) {
        super("host function " + function + " failed: " + cause, cause);
    }
}
