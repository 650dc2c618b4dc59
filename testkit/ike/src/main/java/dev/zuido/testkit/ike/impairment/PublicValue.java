package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhGroup;
import java.math.BigInteger;
import java.util.Arrays;

/** Public Diffie-Hellman values that RFC 6989 section 2 refuses. */
public enum PublicValue {
  /** 0. */
  ZERO("zero", "0"),
  /** 1. */
  ONE("one", "1"),
  /** p - 1, of order 2. */
  P_MINUS_ONE("p-minus-one", "p - 1; of a curve, no point on it"),
  /** p. */
  P("p", "p; of a curve, coordinates above its field"),
  /** All bits set. */
  ALL_ONES("all-ones", "2^n - 1"),
  /** One byte less than the group's. */
  SHORT("short", "a byte too short"),
  /** One byte more than the group's. */
  LONG("long", "a byte too long"),
  /** A single byte. */
  TINY("tiny", "a single byte");

  private final String label;
  private final String description;

  PublicValue(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** A word for names. */
  public String label() {
    return label;
  }

  /** What it is. */
  public String description() {
    return description;
  }

  /**
   * The bytes of a Key Exchange payload.
   *
   * @param group the group
   * @param honest an allowed value of the group
   */
  public byte[] of(DhGroup group, byte[] honest) {
    int length = honest.length;
    boolean modp = group.publicLength() == group.bits() / 8 && group.bits() % 8 == 0;
    return switch (this) {
      case ZERO -> new byte[length];
      case ONE ->
          group == DhGroup.CURVE_25519 ? littleEndianOne(length) : number(BigInteger.ONE, length);
      case P_MINUS_ONE ->
          modp ? number(prime(group).subtract(BigInteger.ONE), length) : filled(length, 0xfe);
      case P -> modp ? number(prime(group), length) : filled(length, 0xff);
      case ALL_ONES -> filled(length, 0xff);
      case SHORT -> Arrays.copyOfRange(honest, 1, length);
      case LONG -> Arrays.copyOf(honest, length + 1);
      case TINY -> new byte[] {2};
    };
  }

  /**
   * The prime of a MODP group. The generator is 2, and 2^(n-1) &lt; p &lt; 2^n, so that 2^n mod p =
   * 2^n - p.
   */
  private static BigInteger prime(DhGroup group) {
    byte[] exponent = BigInteger.valueOf(group.bits()).toByteArray();
    byte[] power = group.ofPrivateValue(exponent).publicValue().toArray();
    return BigInteger.ONE.shiftLeft(group.bits()).subtract(new BigInteger(1, power));
  }

  /** Curve25519 has the lowest byte first (RFC 7748 section 5). */
  private static byte[] littleEndianOne(int length) {
    byte[] bytes = new byte[length];
    bytes[0] = 1;
    return bytes;
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  private static byte[] number(BigInteger value, int length) {
    byte[] bytes = new byte[length];
    byte[] digits = value.toByteArray();
    int count = Math.min(length, digits.length);
    System.arraycopy(digits, digits.length - count, bytes, length - count, count);
    return bytes;
  }
}
