package dev.zuido.ospf;

import java.util.function.LongSupplier;

/**
 * What OSPF must remember when the router restarts, and the wall clock: cryptographic sequence
 * numbers, which must never fall (RFC 2328 section D.4.3), and the boot count (RFC 7474 section 2).
 */
public interface OspfStore {
  /**
   * The next cryptographic sequence number of an interface: an unsigned 32-bit number that is at
   * least as large as any that was returned before, also before a restart. The wall clock in
   * seconds does.
   */
  int cryptographicSequenceNumber(int interfaceId);

  /**
   * A boot count: an unsigned 32-bit number that is larger than any that was returned before, also
   * before a restart. It is asked for when an engine sends its first packet with extended sequence
   * numbers, and again after each 2^32 - 1 such packets.
   */
  int nextBootCount();

  /**
   * The wall clock, in seconds since 1970, by which the keys of a {@link
   * OspfAuthentication.KeyChain} begin and end.
   */
  long wallClockSeconds();

  /**
   * Counts from 1 in memory; after a restart neighbors refuse packets for RouterDeadInterval. The
   * wall clock stands at 0.
   */
  static OspfStore inMemory() {
    return inMemory(() -> 0);
  }

  /** Counts from 1 in memory; after a restart neighbors refuse packets for RouterDeadInterval. */
  static OspfStore inMemory(LongSupplier wallClockSeconds) {
    return new OspfStore() {
      private int next = 1;
      private int boots;

      @Override
      public int cryptographicSequenceNumber(int interfaceId) {
        return next++;
      }

      @Override
      public int nextBootCount() {
        return ++boots;
      }

      @Override
      public long wallClockSeconds() {
        return wallClockSeconds.getAsLong();
      }
    };
  }
}
