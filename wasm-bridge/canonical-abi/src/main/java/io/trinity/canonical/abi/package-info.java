/**
 * The component model's canonical ABI for core modules: how values of WIT lie in a guest's linear
 * memory and in the parameters of core functions, and how they get in and out. Pure Java; no I/O,
 * no threads, no state between calls: codecs may be used by all threads at once, each with the
 * memory of the guest that is its own at the time.
 *
 * <p>{@link io.trinity.canonical.abi.ImportCodec} serves functions that a guest calls, {@link
 * io.trinity.canonical.abi.ExportCodec} those it offers. To <i>lift</i> is to read out of the
 * guest, to <i>lower</i> to write into it.
 *
 * <h2>Values</h2>
 *
 * <table>
 * <caption>Java values of WIT types; lifted and lowered alike, never null but where the table says so</caption>
 * <tr><th>WIT</th><th>Java</th></tr>
 * <tr><td>bool</td><td>Boolean</td></tr>
 * <tr><td>s8, s16, s32</td><td>Integer</td></tr>
 * <tr><td>u8, u16</td><td>Integer, 0 to 255, 0 to 65,535</td></tr>
 * <tr><td>u32</td><td>Long, 0 to 4,294,967,295</td></tr>
 * <tr><td>s64</td><td>Long</td></tr>
 * <tr><td>u64</td><td>Long, the 64 bits as they are: above 2^63 it is negative</td></tr>
 * <tr><td>f32, f64</td><td>Float, Double; every NaN becomes the canonical one</td></tr>
 * <tr><td>char</td><td>Integer, a Unicode scalar value: 0 to 0x10FFFF without surrogates</td></tr>
 * <tr><td>string</td><td>String without unpaired surrogates</td></tr>
 * <tr><td>list&lt;u8&gt;, list&lt;s8&gt;</td><td>byte[]</td></tr>
 * <tr><td>list&lt;f32&gt;, list&lt;f64&gt;</td><td>float[], double[]</td></tr>
 * <tr><td>other list</td><td>List&lt;Object&gt;; a lifted one cannot be changed</td></tr>
 * <tr><td>record, tuple</td><td>Object[], the fields in order</td></tr>
 * <tr><td>enum</td><td>Integer, the ordinal</td></tr>
 * <tr><td>variant</td><td>{@link io.trinity.canonical.abi.VariantValue}; payload null for a case without one</td></tr>
 * <tr><td>option</td><td>Optional&lt;Object&gt;</td></tr>
 * <tr><td>result</td><td>{@link io.trinity.canonical.abi.ResultValue}; value null on a side without a type</td></tr>
 * <tr><td>no result at all</td><td>null</td></tr>
 * </table>
 *
 * <h2>Java types</h2>
 *
 * A function that is bound to a {@link io.trinity.canonical.abi.JavaFunction} has records, enums
 * and variants as that one's Java types instead. All are public, and found by name ({@link
 * io.trinity.canonical.abi.Names}); what differs is a {@link
 * io.trinity.canonical.abi.BindingException}, when the codec is built.
 *
 * <table>
 * <caption>Java types of WIT types; the others are as above, boxed or not</caption>
 * <tr><th>WIT</th><th>Java</th></tr>
 * <tr><td>record</td><td>a record with a component for each field</td></tr>
 * <tr><td>tuple</td><td>a record with as many components, whose names are free</td></tr>
 * <tr><td>enum</td><td>an enum with a constant for each label</td></tr>
 * <tr><td>variant</td><td>a sealed interface with a record for each case: with one component for the
 *     payload, or the fields of the payload where that is a record, or none where there is none</td></tr>
 * <tr><td>option</td><td>{@code Optional<T>}</td></tr>
 * <tr><td>other list</td><td>{@code List<T>}</td></tr>
 * <tr><td>result, of a function only</td><td>{@link io.trinity.canonical.abi.ResultValue} of the two types</td></tr>
 * <tr><td>u32</td><td>also a class that stands for a handle, see {@link
 *     io.trinity.canonical.abi.Handles}</td></tr>
 * </table>
 *
 * <h2>Core values</h2>
 *
 * A core value is a long, as Chicory passes it. An i32 and the bits of an f32 are its low half;
 * codecs ignore the high half of what they are given, and sign-extend what they give. An i64 and
 * the bits of an f64 are all of it. (A variant that joins an i32 or f32 with something wider passes
 * it zero-extended in an i64, as the Canonical ABI says in section Flat Lowering.)
 *
 * <h2>Choices where the Canonical ABI leaves or needs one</h2>
 *
 * <ul>
 *   <li>bool: any value but 0 is true (section Loading, {@code convert_int_to_bool}). Bits above
 *       those of a narrow integer are ignored (section Flat Lifting).
 *   <li>Pointer and length of an empty string or list are checked like all others: aligned, and
 *       within memory or at its end.
 *   <li>An empty string or list is lowered without a call of {@code cabi_realloc}, as a pointer
 *       equal to the alignment. The Canonical ABI calls it with size 0, where all it could give is
 *       such a pointer (jco does the same).
 *   <li>NaNs are canonicalised both ways (the deterministic profile).
 *   <li>Strings are UTF-8 and nothing else. No string or list is larger than 2^28 - 1 bytes ({@code
 *       MAX_STRING_BYTE_LENGTH}, {@code MAX_LIST_BYTE_LENGTH}).
 *   <li>An import's return area is checked before the host function runs, not only after.
 * </ul>
 *
 * <h2>Errors</h2>
 *
 * What a guest did wrong is a {@link io.trinity.canonical.abi.GuestAbiException}, and nothing that
 * a guest can put into its memory or parameters, or return from {@code cabi_realloc}, leads to any
 * other exception. A Java value that does not fit its type is an {@link
 * java.lang.IllegalArgumentException}: a bug of the host. A value that a record's constructor
 * refuses is an {@link io.trinity.canonical.abi.InvalidValueException}. What {@code cabi_realloc}
 * itself throws (a trap) passes through as it is.
 *
 * <p>Source: Component Model, design/mvp/CanonicalABI.md.
 */
@Export
@Version("0.1.0")
@NullMarked
package io.trinity.canonical.abi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
