package dev.zuido.esp;

/**
 * The integrity algorithm of one direction of one AH SA, over packets whose mutable fields are
 * zero.
 */
interface AhIcv {
  /**
   * Writes the ICV of a packet.
   *
   * @param bytes holds the packet
   * @param start its first byte
   * @param length its bytes
   * @param field where the ICV field of AH stands, which is zero
   * @param sequence the whole sequence number, whose high half goes in with extended ones
   */
  void sign(byte[] bytes, int start, int length, int field, long sequence);

  /**
   * Compares the ICV of a packet in constant time; the arguments are those of {@link #sign}. The
   * packet is left as it was.
   */
  boolean verify(byte[] bytes, int start, int length, int field, long sequence);

  /** Wipes the key as far as the algorithm's objects allow. */
  void close();
}
