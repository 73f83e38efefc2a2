package io.trinity.files;

import io.trinity.api.host.Files;
import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code files} of the contract. */
@Component(service = HostInterface.class, immediate = true)
public final class FileReadComponent implements Files {
    private final FilesComponent files;
    private final FileReading reading;

    /** For DS. */
    @Activate
    public FileReadComponent(@Reference FilesComponent files) {
        this.files = files;
        this.reading = files.reading();
    }

    @Override
    public byte[] read(HostCall call, String path, long offset, long length) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_READ, path);
        FileReading.checkLength(length, at.limits());
        CallBytes.Meter meter = files.readMeter(call);
        return files.run(
                at,
                () ->
                        reading.read(
                                at.granted(),
                                at.path(),
                                offset,
                                (int) length,
                                meter,
                                at.deadline()));
    }

    @Override
    public Entry stat(HostCall call, String path) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_READ, path);
        return files.run(at, () -> reading.stat(at.granted(), at.path(), at.deadline()));
    }

    @Override
    public List<Entry> entries(HostCall call, String path, String after) throws HostFailure {
        PathCall at = files.begin(call, Capability.FILE_READ, path);
        return files.run(
                at,
                () -> reading.entries(at.granted(), at.path(), after, at.limits(), at.deadline()));
    }
}
