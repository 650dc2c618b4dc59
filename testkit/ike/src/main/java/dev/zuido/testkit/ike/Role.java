package dev.zuido.testkit.ike;

/** Who sends a message of an exchange. */
public enum Role {
  /** Who began the exchange. */
  INITIATOR,
  /** Who answers. */
  RESPONDER;

  /** The other side. */
  public Role other() {
    return this == INITIATOR ? RESPONDER : INITIATOR;
  }
}
