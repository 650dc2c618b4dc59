package dev.zuido.ike.crypto;

import dev.zuido.wire.MalformedPacketException;
import java.security.SecureRandom;

/** The operations of one kind of group, on private and public values as bytes. */
interface DhArithmetic {
  /** The field that errors name. */
  String PUBLIC_VALUE = "KE public value";

  /** Draws a private value. */
  byte[] drawPrivateValue(SecureRandom random);

  /** The public value as a Key Exchange payload carries it. */
  byte[] publicValue(byte[] privateValue);

  /**
   * The shared secret, left-padded with zeros to its full length.
   *
   * @throws MalformedPacketException if the peer's value has another length or lies outside of the
   *     group
   */
  byte[] agree(byte[] privateValue, byte[] peersPublicValue) throws MalformedPacketException;
}
