package dev.zuido.router.config;

/**
 * One proposal for phase 2 ({@code crypto ipsec transform-set}).
 *
 * @param name its name
 * @param cipher the cipher
 * @param integrity the integrity algorithm; {@link EspIntegrity#NONE} just where the cipher
 *     authenticates
 * @param mode transport or tunnel mode
 */
public record TransformSet(
    String name, EspCipher cipher, EspIntegrity integrity, EncapsulationMode mode) {
  /** Checks that the packets are authenticated, and once. */
  public TransformSet {
    Checks.name("a transform set's name", name);
    if (cipher.authenticates() != (integrity == EspIntegrity.NONE)) {
      throw new IllegalArgumentException(cipher + " does not go with integrity " + integrity);
    }
  }

  /** The section of a configuration text, {@code crypto ipsec transform-set IPSEC}. */
  public String section() {
    return "crypto ipsec transform-set " + name;
  }

  /** The same in another mode. */
  public TransformSet withMode(EncapsulationMode value) {
    return new TransformSet(name, cipher, integrity, value);
  }

  /** Whether IKEv1 has names for both algorithms; if not, only session keys can use the set. */
  public boolean isNegotiable() {
    return cipher.isNegotiable() && integrity.isNegotiable();
  }

  /** The words of the algorithm that IKEv1 has no name for, or else of the cipher. */
  public String unnegotiable() {
    return integrity.isNegotiable() ? cipher.iosName() : integrity.iosName();
  }

  /** The bytes of the ICV. */
  public int icvLength() {
    return cipher.authenticates() ? cipher.icvLength() : integrity.icvLength();
  }

  /**
   * The size on the wire of a GRE packet that this set protects, without NAT traversal: outer IPv4
   * header, ESP header, IV, padding, trailer and ICV.
   *
   * @param innerLength the bytes of the packet in the tunnel
   * @param greHeaderLength the bytes of the GRE header
   */
  public int protectedGreLength(int innerLength, int greHeaderLength) {
    int payload = greHeaderLength + innerLength + (mode == EncapsulationMode.TUNNEL ? 20 : 0);
    int alignment = cipher.alignment();
    int padded = (payload + 2 + alignment - 1) / alignment * alignment;
    return 20 + 8 + cipher.ivLength() + padded + icvLength();
  }

  /** A transform set whose mode may still be given. */
  public static final class Builder {
    private TransformSet value;

    /** In tunnel mode, which is what IOS takes where none is given. */
    public Builder(String name, EspCipher cipher, EspIntegrity integrity) {
      value = new TransformSet(name, cipher, integrity, EncapsulationMode.TUNNEL);
    }

    /** Sets {@link TransformSet#mode()}. */
    public Builder mode(EncapsulationMode mode) {
      value = value.withMode(mode);
      return this;
    }

    /** The immutable set. */
    public TransformSet build() {
      return value;
    }
  }
}
