package io.trinity.bench.kernels;

import java.util.SortedMap;

/** Loads compiled classes, which link to the engine's guest runtime. */
final class Classes extends ClassLoader {
    private final SortedMap<String, byte[]> classes;

    /**
     * @param classes class files by binary name
     */
    Classes(SortedMap<String, byte[]> classes) {
        super(Classes.class.getClassLoader());
        this.classes = classes;
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
