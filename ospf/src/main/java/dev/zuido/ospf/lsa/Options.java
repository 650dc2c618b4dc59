package dev.zuido.ospf.lsa;

/**
 * The Options field of Hello packets, Database Description packets and LSAs (RFC 2328 A.2, RFC
 * 5250, RFC 5613, RFC 4576).
 *
 * <pre>
 * +--+--+--+--+---+--+--+--+
 * |DN| O|DC| L|N/P|MC| E|MT|
 * +--+--+--+--+---+--+--+--+
 * </pre>
 *
 * @param bits the octet, 0 to 255
 */
public record Options(int bits) {
  /** No capability. */
  public static final Options NONE = new Options(0);

  /** MT: multi-topology (RFC 4915), once T. */
  public static final int MT = 0x01;

  /** E: AS-external-LSAs are flooded; off in stub areas. */
  public static final int E = 0x02;

  /** MC: multicast extensions (RFC 1584). */
  public static final int MC = 0x04;

  /** N in Hello packets, P in type 7 LSAs: not-so-stubby areas (RFC 3101). */
  public static final int NP = 0x08;

  /** L: a link-local signalling block follows the packet (RFC 5613); EA in old LSAs. */
  public static final int L = 0x10;

  /** DC: demand circuits (RFC 1793). */
  public static final int DC = 0x20;

  /** O: opaque LSAs (RFC 5250); in Database Description packets only. */
  public static final int O = 0x40;

  /** DN: the LSA came down from a provider's VPN (RFC 4576). */
  public static final int DN = 0x80;

  /** Checks the range. */
  public Options {
    if ((bits & ~0xff) != 0) {
      throw new IllegalArgumentException("the Options field has 8 bits: " + bits);
    }
  }

  /** Whether all bits of a mask are set. */
  public boolean has(int mask) {
    return (bits & mask) == mask;
  }

  /** These options with the bits of a mask set. */
  public Options with(int mask) {
    return new Options(bits | mask);
  }

  /** These options with the bits of a mask cleared. */
  public Options without(int mask) {
    return new Options(bits & ~mask);
  }

  /** The names of the bits that are set, as routers print them: {@code "E|L"}. */
  @Override
  public String toString() {
    String[] names = {"MT", "E", "MC", "N/P", "L", "DC", "O", "DN"};
    StringBuilder text = new StringBuilder();
    for (int bit = 7; bit >= 0; bit--) {
      if ((bits & 1 << bit) != 0) {
        text.append(text.isEmpty() ? "" : "|").append(names[bit]);
      }
    }
    return text.isEmpty() ? "-" : text.toString();
  }
}
