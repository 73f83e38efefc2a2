package io.trinity.hooks;

import java.util.Optional;

/** How plugins stand. */
interface Standing {
    /**
     * Why a plugin is not called, in words with what to do; an empty text where it is, nothing
     * where nobody knows it.
     */
    Optional<String> of(String plugin);

    /** Why nobody knows which hooks are required by configuration; nothing where it is known. */
    default Optional<String> unread() {
        return Optional.empty();
    }
}
