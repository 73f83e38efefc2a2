package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.api.wasi.PosixFiles;
import io.trinity.files.FileChanging.Opening;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What WASI asks of files and the contract's two interfaces do not have. */
@Component(service = HostInterface.class, immediate = true)
public final class FilePosixComponent implements PosixFiles {
    private final FilesComponent files;
    private final FileChanging changing;

    /** For DS. */
    @Activate
    public FilePosixComponent(@Reference FilesComponent files) {
        this.files = files;
        this.changing = files.changing();
    }

    @Override
    public List<String> directories(HostCall call) {
        return files.granted(call.plugin(), Capability.FILE_READ).names();
    }

    @Override
    public Outcome open(
            HostCall call, String path, boolean create, boolean exclusive, boolean truncate)
            throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        Opening how = new Opening(create, exclusive, truncate);
        FileChanging.Quota quota = files.quota(call);
        return files.run(
                at,
                () ->
                        changing.open(
                                at.granted(), at.path(), how, at.limits(), quota, at.deadline()));
    }

    @Override
    public long append(HostCall call, String path, byte[] data) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        FileChanging.Quota quota = files.quota(call);
        return files.run(
                at,
                () ->
                        changing.append(
                                at.granted(), at.path(), data, at.limits(), quota, at.deadline()));
    }

    @Override
    public Outcome makeDirectory(HostCall call, String path) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        FileChanging.Quota quota = files.quota(call);
        return files.run(
                at, () -> changing.makeDirectory(at.granted(), at.path(), quota, at.deadline()));
    }

    @Override
    public Outcome removeFile(HostCall call, String path) throws HostFailure {
        return removeOnly(false, call, path);
    }

    @Override
    public Outcome removeDirectory(HostCall call, String path) throws HostFailure {
        return removeOnly(true, call, path);
    }

    private Outcome removeOnly(boolean directory, HostCall call, String path) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_WRITE, path);
        return files.run(
                at, () -> changing.removeOnly(directory, at.granted(), at.path(), at.deadline()));
    }
}
