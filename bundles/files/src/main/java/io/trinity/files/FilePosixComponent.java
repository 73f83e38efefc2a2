package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import io.trinity.files.FileChanging.Opening;
import java.nio.file.Path;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Interface {@code posix-files}: what WASI asks of files and the contract's two interfaces do not
 * have. No module can import it; the sandbox's WASI calls it, behind the same gate.
 *
 * <ul>
 *   <li>{@code directories}: what the granted directories are called, as a list of strings; of
 *       {@code file_read}
 *   <li>{@code open (path, create, exclusive, truncate)}: sees that a file may be written; {@code
 *       done}, {@code exists} or {@code is-directory}
 *   <li>{@code append (path, bytes)}: the new size
 *   <li>{@code make-directory (path)}: {@code done} or {@code exists}
 *   <li>{@code remove-file (path)}: {@code done} or {@code is-directory}
 *   <li>{@code remove-directory (path)}: {@code done}, {@code not-directory} or {@code not-empty}
 * </ul>
 */
@Component(
        service = HostInterface.class,
        immediate = true,
        property = HostInterface.NAME + "=posix-files")
public final class FilePosixComponent implements HostInterface {
    private final FilesComponent files;

    /** For DS. */
    @Activate
    public FilePosixComponent(@Reference FilesComponent files) {
        this.files = files;
    }

    @Override
    public Object call(HostCall call, String function, Object[] arguments) throws HostFailure {
        if (function.equals("directories")) {
            return files.granted(call.plugin(), Capability.FILE_READ).names();
        }
        FilesSettings limits = files.settings();
        PluginPath path = PluginPath.of((String) arguments[0], limits);
        Path granted = files.granted(call.plugin(), Capability.FILE_WRITE, path);
        Deadline deadline = new Deadline(call.deadlineNanos());
        FileChanging.Quota quota = files.quota(call);
        DiskThreads.Task<Object> task = task(function, arguments, granted, path, quota, deadline);
        return files.run(call, Capability.FILE_WRITE, granted, path, task);
    }

    private DiskThreads.Task<Object> task(
            String function,
            Object[] arguments,
            Path granted,
            PluginPath path,
            FileChanging.Quota quota,
            Deadline deadline) {
        FileChanging changing = files.changing();
        FilesSettings limits = files.settings();
        switch (function) {
            case "open":
                Opening how =
                        new Opening(
                                (Boolean) arguments[1],
                                (Boolean) arguments[2],
                                (Boolean) arguments[3]);
                return () -> label(changing.open(granted, path, how, limits, quota, deadline));
            case "append":
                byte[] data = (byte[]) arguments[1];
                return () -> changing.append(granted, path, data, limits, quota, deadline);
            case "make-directory":
                return () -> label(changing.makeDirectory(granted, path, quota, deadline));
            case "remove-file":
                return () -> label(changing.removeOnly(false, granted, path, deadline));
            case "remove-directory":
                return () -> label(changing.removeOnly(true, granted, path, deadline));
            default:
                throw new IllegalStateException("posix-files has no function " + function);
        }
    }

    private static String label(FileChanging.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
