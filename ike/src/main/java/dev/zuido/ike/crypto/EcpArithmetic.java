package dev.zuido.ike.crypto;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * Points of the NIST curves over prime fields (RFC 5903): a public value is x | y, the shared
 * secret is x.
 *
 * <p>The time of a public value does not depend on the scalar as far as table look-ups go; that of
 * the shared secret does (BouncyCastle's window NAF). A scalar serves one exchange only.
 *
 * @param parameters the curve, of cofactor 1
 * @param length bytes of a coordinate
 */
record EcpArithmetic(X9ECParameters parameters, int length) implements DhArithmetic {
  static EcpArithmetic ofBits(int bits) {
    return new EcpArithmetic(CustomNamedCurves.getByName("secp" + bits + "r1"), (bits + 7) / 8);
  }

  @Override
  public byte[] drawPrivateValue(SecureRandom random) {
    BigInteger order = parameters.getN();
    byte[] scalar = new byte[length];
    int unusedBits = 8 * length - order.bitLength();
    BigInteger value;
    do {
      random.nextBytes(scalar);
      scalar[0] &= (byte) (0xff >>> unusedBits);
      value = new BigInteger(1, scalar);
    } while (value.signum() == 0 || value.compareTo(order) >= 0);
    return scalar;
  }

  @Override
  public byte[] publicValue(byte[] privateValue) {
    ECPoint point =
        new FixedPointCombMultiplier()
            .multiply(parameters.getG(), new BigInteger(1, privateValue))
            .normalize();
    byte[] bytes = Arrays.copyOf(point.getAffineXCoord().getEncoded(), 2 * length);
    System.arraycopy(point.getAffineYCoord().getEncoded(), 0, bytes, length, length);
    return bytes;
  }

  @Override
  public byte[] agree(byte[] privateValue, byte[] peersPublicValue)
      throws MalformedPacketException {
    if (peersPublicValue.length != 2 * length) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, PUBLIC_VALUE, 0);
    }
    BigInteger x = new BigInteger(1, Arrays.copyOf(peersPublicValue, length));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(peersPublicValue, length, 2 * length));
    if (!isOnCurve(x, y)) {
      throw new MalformedPacketException(MalformedReason.BAD_VALUE, PUBLIC_VALUE, 0);
    }
    ECPoint shared =
        parameters.getCurve().createPoint(x, y).multiply(new BigInteger(1, privateValue));
    return shared.normalize().getAffineXCoord().getEncoded();
  }

  /** RFC 6989 section 2.3: coordinates below p that satisfy y^2 = x^3 + ax + b. */
  private boolean isOnCurve(BigInteger x, BigInteger y) {
    ECCurve curve = parameters.getCurve();
    BigInteger p = curve.getField().getCharacteristic();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) {
      return false;
    }
    BigInteger a = curve.getA().toBigInteger();
    BigInteger b = curve.getB().toBigInteger();
    BigInteger right = x.multiply(x).add(a).multiply(x).add(b);
    return y.multiply(y).subtract(right).mod(p).signum() == 0;
  }
}
