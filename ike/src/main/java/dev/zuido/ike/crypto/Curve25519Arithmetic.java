package dev.zuido.ike.crypto;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** The function X25519 (RFC 7748 section 5): a ladder, whose time does not depend on the scalar. */
record Curve25519Arithmetic() implements DhArithmetic {
  private static final int LENGTH = X25519.POINT_SIZE;

  @Override
  public byte[] drawPrivateValue(SecureRandom random) {
    byte[] scalar = new byte[X25519.SCALAR_SIZE];
    random.nextBytes(scalar);
    return scalar;
  }

  @Override
  public byte[] publicValue(byte[] privateValue) {
    byte[] bytes = new byte[LENGTH];
    X25519.scalarMultBase(privateValue, 0, bytes, 0);
    return bytes;
  }

  @Override
  public byte[] agree(byte[] privateValue, byte[] peersPublicValue)
      throws MalformedPacketException {
    if (peersPublicValue.length != LENGTH) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, PUBLIC_VALUE, 0);
    }
    byte[] shared = new byte[LENGTH];
    // RFC 7748 section 6.1: an all-zero result tells a point of small order.
    if (!X25519.calculateAgreement(privateValue, 0, peersPublicValue, 0, shared, 0)) {
      throw new MalformedPacketException(MalformedReason.BAD_VALUE, PUBLIC_VALUE, 0);
    }
    return shared;
  }
}
