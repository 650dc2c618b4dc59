package dev.zuido.wire;

/** An address prefix whose host bits are zero. */
public sealed interface IpPrefix permits Ipv4Prefix, Ipv6Prefix {
  /** The network address. */
  IpAddress address();

  /** The number of network bits. */
  int length();

  /**
   * Whether an address of the same family lies in the prefix; one of the other family never does.
   */
  boolean contains(IpAddress address);
}
