package io.trinity.testkit;

import java.util.Map;

/**
 * Loads compiled classes as a generated bundle would: they are its own, and link to the engine's
 * guest runtime, which is where this class is.
 */
public final class MapClassLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    /**
     * @param classes class files by binary name
     */
    public MapClassLoader(Map<String, byte[]> classes) {
        super(MapClassLoader.class.getClassLoader());
        this.classes = Map.copyOf(classes);
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
