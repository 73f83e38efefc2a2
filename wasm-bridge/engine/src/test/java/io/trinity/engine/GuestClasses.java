package io.trinity.engine;

import io.trinity.api.engine.CompiledModule;
import java.util.SortedMap;

/** Loads compiled classes as a generated bundle would. */
public final class GuestClasses extends ClassLoader {
    private final SortedMap<String, byte[]> classes;

    /** What {@link io.trinity.api.engine.Engine#compile} gave. */
    public GuestClasses(CompiledModule module) {
        super(GuestClasses.class.getClassLoader());
        this.classes = module.classes();
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
