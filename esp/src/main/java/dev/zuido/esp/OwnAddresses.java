package dev.zuido.esp;

import java.util.function.IntPredicate;

/**
 * Which addresses are ours, so that IPsec packets to them are for our SAs: those of the interfaces,
 * and the groups that we have SAs of.
 */
public interface OwnAddresses {
  /** Whether an IPv4 address, as a 32-bit number, is ours. */
  boolean contains(int address);

  /** Whether an IPv6 address, as two 64-bit numbers, is ours. */
  boolean contains(long high, long low);

  /** IPv4 addresses only. */
  static OwnAddresses ofIpv4(IntPredicate isOurs) {
    return new OwnAddresses() {
      @Override
      public boolean contains(int address) {
        return isOurs.test(address);
      }

      @Override
      public boolean contains(long high, long low) {
        return false;
      }
    };
  }
}
