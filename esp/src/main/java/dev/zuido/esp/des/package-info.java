/**
 * DES and 3DES in CBC mode (FIPS 46-3, RFC 2405, RFC 2451), in Java and without allocation per
 * packet.
 *
 * <p>For few blocks {@link dev.zuido.esp.des.TableDes} looks S-boxes up, two or three blocks at a
 * time.
 *
 * <p>The table-driven path, as those of other libraries, takes a time that depends on what the
 * cache holds of its tables. Both algorithms are here for peers that know no other; RFC 8221 has
 * DES as MUST NOT and 3DES as SHOULD NOT.
 */
@NullMarked
package dev.zuido.esp.des;

import org.jspecify.annotations.NullMarked;
