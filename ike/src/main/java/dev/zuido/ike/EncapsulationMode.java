package dev.zuido.ike;

/** What ESP protects (RFC 4301 section 4.1); the attribute of RFC 2407 section 4.5. */
public enum EncapsulationMode {
  /** The whole packet, inside a new IP header. */
  TUNNEL(1),
  /** The payload of the packet, between the two hosts themselves. */
  TRANSPORT(2);

  private final int attributeValue;

  EncapsulationMode(int attributeValue) {
    this.attributeValue = attributeValue;
  }

  /** The value of the Encapsulation Mode attribute without NAT traversal. */
  public int attributeValue() {
    return attributeValue;
  }
}
