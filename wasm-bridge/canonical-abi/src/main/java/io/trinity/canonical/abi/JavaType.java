package io.trinity.canonical.abi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Set;

/**
 * The Java type that a WIT type is bound to, and where that stands.
 *
 * @param type {@link Object} for none: then values are as the package's table says
 * @param handles Java classes that stand for a handle
 * @param where for messages, {@code streams.push: chunks}
 */
record JavaType(Type type, Set<Class<?>> handles, String where) {
    /** Bound to no Java type, nor is anything in it. */
    static final JavaType ANY = new JavaType(Object.class, Set.of(), "");

    boolean isAny() {
        return type == Object.class;
    }

    /** The type of a part. */
    JavaType part(Type part, String name) {
        return isAny() ? ANY : new JavaType(part, handles, where + name);
    }

    /** The one type argument of a generic class. */
    JavaType argument(Class<?> generic, Object wit) {
        if (isAny()) {
            return ANY;
        }
        if (type instanceof ParameterizedType p && p.getRawType() == generic) {
            return part(p.getActualTypeArguments()[0], "");
        }
        throw differs(wit, generic.getSimpleName());
    }

    /** Whether it is exactly this class. */
    boolean is(Class<?> other) {
        return type == other;
    }

    boolean isHandle() {
        return type instanceof Class<?> c && handles.contains(c);
    }

    /** The class, if it is one of its kind. */
    Class<?> rawClass(Object wit, String kind) {
        if (type instanceof Class<?> c) {
            return c;
        }
        throw differs(wit, kind);
    }

    /**
     * @param wit the type in WIT
     * @param expected what would be right in Java
     */
    BindingException differs(Object wit, String expected) {
        return new BindingException(
                "%s is %s in WIT, for which Java has %s, not %s"
                        .formatted(where, wit, expected, type.getTypeName()));
    }

    /** That parts of the two have other names. */
    BindingException lacks(String wit, String java) {
        return new BindingException("%s: %s, and %s".formatted(where, wit, java));
    }
}
