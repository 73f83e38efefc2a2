package io.trinity.files;

import io.trinity.api.plugin.Capability;
import io.trinity.api.sandbox.HostFailure;
import io.trinity.api.sandbox.HostInterface;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Interface {@code files} of the contract. */
@Component(
        service = HostInterface.class,
        immediate = true,
        property = HostInterface.NAME + "=files")
public final class FileReadComponent implements HostInterface {
    private final FilesComponent files;

    /** For DS. */
    @Activate
    public FileReadComponent(@Reference FilesComponent files) {
        this.files = files;
    }

    @Override
    public Object call(HostCall call, String function, Object[] arguments) throws HostFailure {
        FilesSettings limits = files.settings();
        PluginPath path = PluginPath.of((String) arguments[0], limits);
        Path granted = files.granted(call.plugin(), Capability.FILE_READ, path);
        Deadline deadline = new Deadline(call.deadlineNanos());
        FileReading reading = files.reading();
        switch (function) {
            case "read":
                long offset = (Long) arguments[1];
                long length = (Long) arguments[2];
                FileReading.checkLength(length, limits);
                CallBytes.Meter meter = files.readMeter(call);
                return files.run(
                        call,
                        Capability.FILE_READ,
                        granted,
                        path,
                        () -> reading.read(granted, path, offset, (int) length, meter, deadline));
            case "stat":
                return files.run(
                        call,
                        Capability.FILE_READ,
                        granted,
                        path,
                        () -> reading.stat(granted, path, deadline));
            case "entries":
                String after = (String) arguments[1];
                return files.run(
                        call,
                        Capability.FILE_READ,
                        granted,
                        path,
                        () -> reading.entries(granted, path, after, limits, deadline));
            default:
                throw new IllegalStateException("interface files has no function " + function);
        }
    }
}
