package io.trinity.api.policy;

import io.trinity.api.manifest.Manifest;
import org.osgi.annotation.versioning.ProviderType;

/** Which settings plugins declare now, so that what is configured can be judged. Thread-safe. */
@ProviderType
public interface SettingDeclarations {
    /** A generation was opened. Of several of one plugin the one that was opened last counts. */
    void opened(Manifest manifest);

    /** A generation is closed. One that was not opened is passed over. */
    void closed(Manifest manifest);
}
