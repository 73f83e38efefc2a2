package io.trinity.engine.verify;

import java.util.Map;
import java.util.SortedMap;

/** Lets the JVM itself verify and link compiled classes, in a loader that is dropped at once. */
public final class LinkCheck {
    private LinkCheck() {}

    /**
     * Loads and initialises all of them.
     *
     * @throws IllegalStateException if they do not link: a defect of ours
     */
    public static void link(SortedMap<String, byte[]> classes) {
        Scratch scratch = new Scratch(classes);
        for (String name : classes.keySet()) {
            try {
                Class.forName(name, true, scratch);
            } catch (ClassNotFoundException | LinkageError e) {
                throw new IllegalStateException("compiled class refused: " + name + ": " + e, e);
            }
        }
    }

    private static final class Scratch extends ClassLoader {
        private final Map<String, byte[]> classes;

        Scratch(Map<String, byte[]> classes) {
            super(LinkCheck.class.getClassLoader());
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
}
