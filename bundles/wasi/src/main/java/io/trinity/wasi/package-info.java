/**
 * WASI preview 1 as a thin layer over the contract's own host functions: a table of descriptors for
 * each guest, and no way to the outside but through {@link io.trinity.wasi.WasiHost}. Knows nothing
 * of grants, scopes or disks; ADR 0018 says why.
 *
 * <p>Source: WASI, legacy/preview1/witx/wasi_snapshot_preview1.witx.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.wasi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
