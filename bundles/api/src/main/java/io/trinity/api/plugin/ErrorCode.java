package io.trinity.api.plugin;

/**
 * Stable codes of everything that can be refused or go wrong with a plugin. A code never changes
 * its meaning; {@code docs/errors.md} gives cause and remedy of each.
 */
public enum ErrorCode {
    /** The file cannot be read. */
    FILE_UNREADABLE,
    /** The file is larger than a plugin may be; it was not read. */
    FILE_TOO_LARGE,
    /** What lies in the plugin folder under a plugin's name is not a regular file. */
    FILE_KIND,
    /** Another file already brings in a plugin of this name. */
    NAME_TAKEN,
    /** The module has no custom section {@code trinity:manifest}. */
    MANIFEST_MISSING,
    /** The manifest is not JSON, or a field is missing, of the wrong type or out of range. */
    MANIFEST_INVALID,
    /** The manifest asks for a version of the contract that this host does not serve. */
    CONTRACT_VERSION,
    /** The bytes are not a well-formed or not a valid WebAssembly module. */
    MODULE_MALFORMED,
    /** The file is a WebAssembly component where a core module is expected. */
    MODULE_COMPONENT,
    /** The module uses a WebAssembly feature that is not on the allow-list. */
    MODULE_FEATURE,
    /** The manifest names a type of plugins that no bundle here brings. */
    TYPE_UNKNOWN,
    /** An import that the contract does not know. */
    IMPORT_UNKNOWN,
    /** An import that the contract knows, with another signature. */
    IMPORT_SIGNATURE,
    /** An export that the plugin's type or hooks need is missing. */
    EXPORT_MISSING,
    /** An export has another signature than the contract says. */
    EXPORT_SIGNATURE,
    /** The module imports from an interface whose capability its manifest does not declare. */
    CAPABILITY_UNDECLARED,
    /** A declared capability is not granted. */
    CAPABILITY_DENIED,
    /** The module is larger or more complex than admitted. */
    LIMIT_MODULE,
    /** As many plugins as the host takes are there already. */
    LIMIT_PLUGINS,
    /** The plugin's memory limit. */
    LIMIT_MEMORY,
    /** What all plugins together may take of the host's memory: nobody's fault who is told so. */
    LIMIT_TOTAL_MEMORY,
    /** All guests are busy and the queue is full, or waiting took longer than the call had time. */
    LIMIT_BUSY,
    /** CPU time of one call. */
    LIMIT_CPU,
    /** Fuel (counted instructions) of one call. */
    LIMIT_FUEL,
    /** Wall-clock time of one call. */
    LIMIT_TIME,
    /** The WebAssembly stack. */
    LIMIT_STACK,
    /** Host calls within one call. */
    LIMIT_HOST_CALLS,
    /** Guests had to be made anew so often that making them took more than it may. */
    LIMIT_RESTARTS,
    /** What one chunk of a pipeline's input may become at one place. */
    LIMIT_CHUNKS,
    /** Hooks calling hooks. */
    LIMIT_HOOK_DEPTH,
    /** Hooks of one plugin. */
    LIMIT_HOOKS,
    /** Dependencies of one plugin. */
    LIMIT_DEPENDENCIES,
    /** A plugin that the manifest depends on is not there or not active. */
    DEPENDENCY_MISSING,
    /** A plugin that the manifest depends on is there in a version outside the range. */
    DEPENDENCY_CONFLICT,
    /** Plugins that depend on each other in a circle. */
    DEPENDENCY_CYCLE,
    /** The guest trapped: unreachable, division by zero, out-of-bounds access and the like. */
    GUEST_TRAP,
    /** A pre_pipeline hook does not want the pipeline to start. */
    HOOK_VETO,
    /** A required hook failed or was not called; nothing goes on without it. */
    HOOK_REQUIRED,
    /** The guest broke the canonical ABI: a pointer, length, tag or text that is not true. */
    GUEST_ABI,
    /** The plugin itself answered with an error text. */
    GUEST_ERROR,
    /** The plugin is paused. */
    PAUSED,
    /** The plugin has no active generation. */
    NOT_ACTIVE,
    /** A stage that a pipeline is to pass does not serve. */
    STAGE_MISSING,
    /** A plugin, stage or file of that name does not exist. */
    NOT_FOUND,
    /** The requested change of state is not possible from the present state. */
    ILLEGAL_TRANSITION,
    /** A new version was refused and the old one goes on. */
    RELOAD_REFUSED,
    /** It trapped too often and is not called for a while. */
    QUARANTINED,
    /** The process that compiles modules could not be started, or failed. */
    COMPILER_FAILED,
    /** The generated bundle could not be installed, resolved or started. */
    BUNDLE_FAILED,
    /** The host could not write its own files (disk full, permissions). */
    STORE_FAILED,
    /** An input of a pipeline could not be brought to an end, and is kept among the failed. */
    INPUT_ABANDONED,
    /** A configuration value is invalid; the last good one stays in effect. */
    CONFIG_INVALID,
    /** A defect of the host itself. */
    INTERNAL
}
