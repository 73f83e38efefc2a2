package io.trinity.files;

import io.trinity.api.host.FileChanges;
import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code file-changes} of the contract. */
@Component(service = HostInterface.class, immediate = true)
public final class FileWriteComponent implements FileChanges {
    private final FilesComponent files;
    private final FileChanging changing;

    /** For DS. */
    @Activate
    public FileWriteComponent(@Reference FilesComponent files) {
        this.files = files;
        this.changing = files.changing();
    }

    private interface Change {
        void run() throws HostFailure, IOException;
    }

    @Override
    public void write(HostCall call, String path, long offset, byte[] data) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        FileChanging.Quota quota = files.quota(call);
        change(
                at,
                () ->
                        changing.write(
                                at.granted(),
                                at.path(),
                                offset,
                                data,
                                at.limits(),
                                quota,
                                at.deadline()));
    }

    @Override
    public void resize(HostCall call, String path, long size) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        FileChanging.Quota quota = files.quota(call);
        change(
                at,
                () ->
                        changing.resize(
                                at.granted(), at.path(), size, at.limits(), quota, at.deadline()));
    }

    @Override
    public void remove(HostCall call, String path) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        change(at, () -> changing.remove(at.granted(), at.path(), at.deadline()));
    }

    private void change(PathCall at, Change change) throws HostFailure {
        files.run(
                at,
                () -> {
                    change.run();
                    return true;
                });
    }
}
