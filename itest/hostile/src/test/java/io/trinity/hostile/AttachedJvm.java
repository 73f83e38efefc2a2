package io.trinity.hostile;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/**
 * A JVM that is asked what {@code jcmd} asks, without a process for each question. It attaches from
 * outside, so that the JVM needs no help of ours.
 */
final class AttachedJvm implements AutoCloseable {
    private final VirtualMachine jvm;
    private final Method execute;

    private AttachedJvm(VirtualMachine jvm, Method execute) {
        this.jvm = jvm;
        this.execute = execute;
    }

    static AttachedJvm of(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            // Not of the exported API, hence the --add-exports of the tests.
            Method execute =
                    Class.forName("sun.tools.attach.HotSpotVirtualMachine")
                            .getMethod("executeJCmd", String.class);
            return new AttachedJvm(jvm, execute);
        } catch (AttachNotSupportedException | ReflectiveOperationException e) {
            throw new IOException("cannot attach to " + pid, e);
        }
    }

    /** What {@code jcmd PID COMMAND} prints. */
    String ask(String command) throws IOException {
        try (InputStream said = (InputStream) execute.invoke(jvm, command)) {
            // Read from its beginning, each time: other reads end early (seen with JDK 17).
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] some = new byte[256];
            for (int n = said.read(some); n > 0; n = said.read(some)) {
                all.write(some, 0, n);
            }
            return all.toString(StandardCharsets.UTF_8);
        } catch (InvocationTargetException e) {
            throw new IOException(command, e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        jvm.detach();
    }
}
