package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code file-changes} of the contract. */
@Component(
        service = HostInterface.class,
        immediate = true,
        property = HostInterface.NAME + "=file-changes")
public final class FileWriteComponent implements HostInterface {
    private final FilesComponent files;

    /** For DS. */
    @Activate
    public FileWriteComponent(@Reference FilesComponent files) {
        this.files = files;
    }

    private interface Change {
        void run() throws HostFailure, IOException;
    }

    @Override
    public @Nullable Object call(HostCall call, String function, Object[] arguments)
            throws HostFailure {
        FilesSettings limits = files.settings();
        PluginPath path = PluginPath.of((String) arguments[0], limits);
        Path granted = files.granted(call.plugin(), Capability.FILE_WRITE, path);
        Deadline deadline = new Deadline(call.deadlineNanos());
        FileChanging changing = files.changing();
        FileChanging.Quota quota = files.quota(call);
        Change change;
        switch (function) {
            case "write":
                long offset = (Long) arguments[1];
                byte[] data = (byte[]) arguments[2];
                change = () -> changing.write(granted, path, offset, data, limits, quota, deadline);
                break;
            case "resize":
                long size = (Long) arguments[1];
                change = () -> changing.resize(granted, path, size, limits, quota, deadline);
                break;
            case "remove":
                change = () -> changing.remove(granted, path, deadline);
                break;
            default:
                throw new IllegalStateException(
                        "interface file-changes has no function " + function);
        }
        files.run(
                call,
                Capability.FILE_WRITE,
                granted,
                path,
                () -> {
                    change.run();
                    return true;
                });
        return null;
    }
}
