package dev.zuido.ike.crypto;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Diffie-Hellman group: RFC 2409 section 6, RFC 3526, RFC 5903, and Curve25519 under its number
 * of IKEv2 (RFC 8031).
 *
 * <p>Exponents of MODP groups are short: RFC 3526 section 8 wants twice the bits of the group's
 * strength, which it estimates in two ways, and the exponents here are within its range for each
 * group (180 to 240 bits for group 5, 220 to 320 for group 14, 260 to 420, 300 to 480, 340 to 540,
 * and 380 to 620 for group 18) or above. No group has fewer bits than RFC 7919 Appendix A wants for
 * its groups of these sizes (225, 275, 325, 375, 400).
 *
 * <p>The first use of a MODP group makes a table of powers of 2, of at most 152 kB, which stays:
 * 0.5 MB if all of them are used.
 */
public enum DhGroup {
  /** 768-bit MODP, first Oakley group; broken. */
  MODP_768(1, Kind.MODP, 768, 149_686, 256, true),
  /** 1024-bit MODP, second Oakley group; weak. */
  MODP_1024(2, Kind.MODP, 1024, 129_093, 256, true),
  /** 1536-bit MODP. */
  MODP_1536(5, Kind.MODP, 1536, 741_804, 256, true),
  /** 2048-bit MODP. */
  MODP_2048(14, Kind.MODP, 2048, 124_476, 256, false),
  /** 3072-bit MODP. */
  MODP_3072(15, Kind.MODP, 3072, 1_690_314, 320, false),
  /** 4096-bit MODP. */
  MODP_4096(16, Kind.MODP, 4096, 240_904, 384, false),
  /** 6144-bit MODP. */
  MODP_6144(17, Kind.MODP, 6144, 929_484, 448, false),
  /** 8192-bit MODP. */
  MODP_8192(18, Kind.MODP, 8192, 4_743_158, 512, false),
  /** 256-bit random ECP. */
  ECP_256(19, Kind.ECP, 256, 0, 256, false),
  /** 384-bit random ECP. */
  ECP_384(20, Kind.ECP, 384, 0, 384, false),
  /** 521-bit random ECP. */
  ECP_521(21, Kind.ECP, 521, 0, 521, false),
  /** Curve25519. */
  CURVE_25519(31, Kind.CURVE_25519, 255, 0, 256, false);

  private enum Kind {
    MODP,
    ECP,
    CURVE_25519
  }

  private final int attributeValue;
  private final Kind kind;
  private final int bits;
  private final int primeOffset;
  private final int exponentBits;
  private final boolean deprecated;

  DhGroup(
      int attributeValue,
      Kind kind,
      int bits,
      int primeOffset,
      int exponentBits,
      boolean deprecated) {
    this.attributeValue = attributeValue;
    this.kind = kind;
    this.bits = bits;
    this.primeOffset = primeOffset;
    this.exponentBits = exponentBits;
    this.deprecated = deprecated;
  }

  /** The group of a Group Description attribute. */
  public static Optional<DhGroup> ofAttribute(long value) {
    for (DhGroup group : values()) {
      if (group.attributeValue == value) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  /** The value in a Group Description attribute. */
  public int attributeValue() {
    return attributeValue;
  }

  /** Bits of the group's prime. */
  public int bits() {
    return bits;
  }

  /** Whether RFC 8247 advises against it. */
  public boolean isDeprecated() {
    return deprecated;
  }

  /** Bytes of a public value in a Key Exchange payload. */
  public int publicLength() {
    return kind == Kind.ECP ? 2 * sharedSecretLength() : sharedSecretLength();
  }

  /** Bytes of the shared secret. */
  public int sharedSecretLength() {
    return (bits + 7) / 8;
  }

  /**
   * Makes a key pair for one exchange.
   *
   * @param random where the private value is drawn from, byte by byte and the same way on every JDK
   */
  public DhKeyPair generate(SecureRandom random) {
    DhArithmetic arithmetic = arithmetic();
    Secret privateValue = Secret.owning(arithmetic.drawPrivateValue(random));
    return new DhKeyPair(this, arithmetic, privateValue);
  }

  /**
   * The key pair of a private value that is known.
   *
   * @param privateValue the exponent or scalar, highest byte first (Curve25519: as RFC 7748 has
   *     it); copied
   */
  public DhKeyPair ofPrivateValue(byte[] privateValue) {
    return new DhKeyPair(this, arithmetic(), Secret.copyOf(privateValue));
  }

  private DhArithmetic arithmetic() {
    @Nullable DhArithmetic present = Arithmetics.MADE.get(this);
    if (present != null) {
      return present;
    }
    DhArithmetic made = newArithmetic();
    Arithmetics.MADE.put(this, made);
    return made;
  }

  private DhArithmetic newArithmetic() {
    return switch (kind) {
      case MODP -> new ModpArithmetic(ModpPrimes.prime(bits, primeOffset), exponentBits);
      case ECP -> EcpArithmetic.ofBits(bits);
      case CURVE_25519 -> new Curve25519Arithmetic();
    };
  }

  /**
   * Each is made when its group is first used. Two threads may both make one, which does no harm:
   * that none waits for another's group is worth more.
   */
  private static final class Arithmetics {
    static final Map<DhGroup, DhArithmetic> MADE =
        Collections.synchronizedMap(new EnumMap<>(DhGroup.class));
  }
}
