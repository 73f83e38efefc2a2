package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostInterface.HostCall;
import java.nio.file.Path;

/**
 * A host call about one path, and what applies to it.
 *
 * @param capability that the directory is granted for
 * @param granted the directory that the path begins with
 */
record PathCall(
        HostCall call,
        Capability capability,
        PluginPath path,
        Path granted,
        FilesSettings limits,
        Deadline deadline) {}
