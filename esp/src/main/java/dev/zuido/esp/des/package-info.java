/**
 * DES and 3DES in CBC mode (FIPS 46-3, RFC 2405, RFC 2451), in Java and without allocation per
 * packet.
 *
 * <p>{@link dev.zuido.esp.des.DesCbcEncryptor} and {@link dev.zuido.esp.des.DesCbcDecryptor} gather
 * independent blocks, up to 64 at a time: when decrypting these are the blocks of one packet and
 * then of the next; when encrypting, where each block waits for the one before, the next block of
 * each packet of a burst. {@link dev.zuido.esp.des.DesCipher} takes them through the rounds by one
 * of two paths:
 *
 * <ul>
 *   <li>{@link dev.zuido.esp.des.SlicedDes} treats 64 blocks as 64 rows of bits, one row for each
 *       bit of a block, and computes the S-boxes as circuits of 47 to 53 logic operations. A call
 *       costs the same however many of its lanes are in use.
 *   <li>{@link dev.zuido.esp.des.TableDes} looks the S-boxes up, one, two or three blocks at a
 *       time: faster for few blocks.
 * </ul>
 *
 * <p>The circuits ({@code SlicedS1} to {@code SlicedS8}) are the output of a search of our own from
 * the truth tables of the standard, and are checked against these for all inputs.
 *
 * <p>The bit-sliced path takes the same time whatever the data; the table-driven one, as those of
 * other libraries, takes a time that depends on what the cache holds of its tables. Both algorithms
 * are here for peers that know no other: RFC 8221 has DES as MUST NOT and 3DES as SHOULD NOT.
 */
@NullMarked
package dev.zuido.esp.des;

import org.jspecify.annotations.NullMarked;
