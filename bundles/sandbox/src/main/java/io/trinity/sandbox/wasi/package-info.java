/**
 * WASI preview 1 as a thin layer over the contract's own host functions: a table of descriptors for
 * each guest, and no way to the outside but through {@link io.trinity.sandbox.wasi.WasiHost}. Knows
 * nothing of grants, scopes or disks; ADR 0018 says why.
 *
 * <p>Source: WASI, legacy/preview1/witx/wasi_snapshot_preview1.witx.
 */
@NullMarked
package io.trinity.sandbox.wasi;

import org.jspecify.annotations.NullMarked;
