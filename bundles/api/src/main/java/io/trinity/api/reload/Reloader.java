package io.trinity.api.reload;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Brings files into service. Thread-safe. */
@ProviderType
public interface Reloader {
    /**
     * A file is new or has changed. Returns at once and never throws; the file is read once it has
     * been still for the debounce time.
     */
    void changed(Path file);

    /** A file is gone: its plugin is drained and unloaded. Returns at once and never throws. */
    void removed(Path file);

    /**
     * Does all that loading does, up to compiling, linking and initialising, and says what it
     * found. Nothing is kept.
     */
    CheckReport check(Path file);

    /**
     * Whether everything that it was told of has been dealt with, boot included: no file is waiting
     * to be still, none is being loaded, none is being drained.
     */
    boolean settled();
}
