package io.trinity.files;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Metatype of PID {@code io.trinity.files}; read by {@link FilesSettings}. */
@ObjectClassDefinition(
        name = "Trinity files",
        description = "How much plugins with capability file_read or file_write may read and write")
@interface FilesDefinition {
    @AttributeDefinition(
            name = "Bytes of a read",
            description = "Most bytes of one read, 1024 to 1048576",
            min = "1024",
            max = "1048576")
    int maxReadBytes() default 1 << 20;

    @AttributeDefinition(
            name = "Bytes read in a call",
            description =
                    "Most bytes that one call of a plugin reads, all of its reads together, 1024"
                            + " to 1073741824",
            min = "1024",
            max = "1073741824")
    long maxCallReadBytes() default 16 << 20;

    @AttributeDefinition(
            name = "Bytes of a file",
            description =
                    "Most bytes of a file after a write or resize, 1024 to 1073741824; reading"
                            + " knows no such limit",
            min = "1024",
            max = "1073741824")
    long maxFileBytes() default 16 << 20;

    @AttributeDefinition(
            name = "Bytes written in a call",
            description =
                    "Most bytes that the changes of one call of a plugin bring to the disk, 4096"
                            + " to 4294967296. A change counts with the whole size of the file"
                            + " after it, and with 4096 at least",
            min = "4096",
            max = "4294967296")
    long maxCallWriteBytes() default 64 << 20;

    @AttributeDefinition(
            name = "Bytes written by a plugin",
            description =
                    "Most bytes that one plugin, known by its name, brings to the disk from one"
                            + " start of the host to the next, 0 to 4398046511104, counted in the"
                            + " same way",
            min = "0",
            max = "4398046511104")
    long maxWrittenBytes() default 1 << 30;

    @AttributeDefinition(
            name = "Entries of a listing",
            description = "Most entries of one listing, 1 to 1000",
            min = "1",
            max = "1000")
    int maxEntries() default 1000;

    @AttributeDefinition(
            name = "Bytes of a path",
            description = "Most bytes (UTF-8) of a path, 16 to 4096",
            min = "16",
            max = "4096")
    int maxPathBytes() default 1024;

    @AttributeDefinition(
            name = "Bytes of a name",
            description = "Most bytes (UTF-8) of one name within a path, 8 to 255",
            min = "8",
            max = "255")
    int maxNameBytes() default 255;

    @AttributeDefinition(
            name = "Depth",
            description = "Most names of a path after that of the granted directory, 1 to 64",
            min = "1",
            max = "64")
    int maxDepth() default 16;
}
