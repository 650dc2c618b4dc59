package dev.zuido.ospf;

/**
 * What OSPF must remember when the router restarts: the cryptographic sequence numbers, which must
 * never fall (RFC 2328 section D.4.3).
 */
public interface OspfStore {
  /**
   * The next cryptographic sequence number of an interface: an unsigned 32-bit number that is at
   * least as large as any that was returned before, also before a restart. The wall clock in
   * seconds does.
   */
  int cryptographicSequenceNumber(int interfaceId);

  /** Counts from 1 in memory; after a restart neighbors refuse packets for RouterDeadInterval. */
  static OspfStore inMemory() {
    return new OspfStore() {
      private int next = 1;

      @Override
      public int cryptographicSequenceNumber(int interfaceId) {
        return next++;
      }
    };
  }
}
