package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;

/**
 * An encryption and an integrity algorithm that go together, and the exact arithmetic of what they
 * add to a packet.
 *
 * <pre>
 *   IP | [UDP 8] | SPI 4 | Sequence 4 | IV | payload | Padding | Pad Length 1 | Next Header 1 | ICV
 *                                          |&lt;------------- encrypted -------------&gt;|
 * </pre>
 *
 * <p>Padding fills the encrypted part to a multiple of the cipher's block and of 4 (RFC 4303
 * section 2.4). All lengths are bytes. A packet that enters {@link OutboundSa#seal} from a GRE
 * tunnel already counts GRE's own IPv4 header and its 4 bytes:
 *
 * <pre>{@code
 * EspSuite suite = new EspSuite(EspEncryption.TRIPLE_DES_CBC, EspIntegrity.HMAC_MD5_96);
 * suite.sealedLength(20 + 4 + 1372, EspMode.TRANSPORT, false);        // 1432
 * suite.maxInner(1454, EspMode.TRANSPORT, false) - 20 - 4;            // 1394
 * }</pre>
 *
 * @param encryption the encryption algorithm
 * @param integrity the integrity algorithm, {@link EspIntegrity#NONE} exactly if the encryption
 *     algorithm is of combined mode
 */
public record EspSuite(EspEncryption encryption, EspIntegrity integrity) {
  /** The length of the SPI and the sequence number. */
  public static final int ESP_HEADER_LENGTH = 8;

  /** The length of the UDP header of RFC 3948. */
  public static final int UDP_HEADER_LENGTH = 8;

  /** The length of the pad length and the next header fields. */
  static final int TRAILER_LENGTH = 2;

  /**
   * Checks that the two go together.
   *
   * @throws IllegalArgumentException if combined-mode encryption has an integrity algorithm, or
   *     other encryption has none (RFC 8221 section 5, RFC 4303 section 3.2)
   */
  public EspSuite {
    if (encryption.isCombined() != (integrity == EspIntegrity.NONE)) {
      throw new IllegalArgumentException(
          encryption.isCombined()
              ? encryption + " authenticates itself and takes no integrity algorithm"
              : encryption + " needs an integrity algorithm");
    }
  }

  /** A suite of combined-mode encryption. */
  public static EspSuite combined(EspEncryption encryption) {
    return new EspSuite(encryption, EspIntegrity.NONE);
  }

  /** The length of the ICV. */
  public int icvLength() {
    return encryption.isCombined() ? encryption.icvLength() : integrity.icvLength();
  }

  /** The keying material that the suite needs: encryption key, salt, integrity key. */
  public int keyMaterialLength() {
    return encryption.keyLength() + encryption.saltLength() + integrity.keyLength();
  }

  /** The number whose multiples the encrypted part's length is: the block, at least 4. */
  public int alignment() {
    return Math.max(4, encryption.blockLength());
  }

  /** Whether RFC 8221 advises against one of the two algorithms. */
  public boolean isDeprecated() {
    return encryption.status().isDeprecated() || integrity.status().isDeprecated();
  }

  /** The length of the encrypted part for a payload: payload, padding and trailer. */
  int encryptedLength(int payloadLength) {
    int alignment = alignment();
    return (payloadLength + TRAILER_LENGTH + alignment - 1) / alignment * alignment;
  }

  /**
   * The length of an ESP packet from the SPI to the ICV.
   *
   * @param payloadLength bytes to protect: in tunnel mode the whole inner packet, in transport mode
   *     what follows its IP header
   */
  public int espLength(int payloadLength) {
    return ESP_HEADER_LENGTH + encryption.ivLength() + encryptedLength(payloadLength) + icvLength();
  }

  /**
   * The length of the IPv4 packet that sealing makes of an IPv4 packet without options.
   *
   * @param innerLength the length of the packet with its IP header, at least 20
   * @param mode transport or tunnel
   * @param udpEncapsulated whether UDP encapsulation adds its 8 bytes
   */
  public int sealedLength(int innerLength, EspMode mode, boolean udpEncapsulated) {
    return sealedLength(innerLength, Ipv4Fields.MIN_HEADER_LENGTH, mode, udpEncapsulated);
  }

  /**
   * The length of the IPv4 packet that sealing makes of an IPv4 packet.
   *
   * @param innerLength the length of the packet with its IP header
   * @param innerHeaderLength the length of its IP header with options: transport mode keeps them
   * @param mode transport or tunnel
   * @param udpEncapsulated whether UDP encapsulation adds its 8 bytes
   */
  public int sealedLength(
      int innerLength, int innerHeaderLength, EspMode mode, boolean udpEncapsulated) {
    if (innerHeaderLength < Ipv4Fields.MIN_HEADER_LENGTH || innerLength < innerHeaderLength) {
      throw new IllegalArgumentException("a packet is not shorter than its header");
    }
    int udp = udpEncapsulated ? UDP_HEADER_LENGTH : 0;
    return switch (mode) {
      case TRANSPORT -> innerHeaderLength + udp + espLength(innerLength - innerHeaderLength);
      case TUNNEL -> Ipv4Fields.MIN_HEADER_LENGTH + udp + espLength(innerLength);
    };
  }

  /** What sealing adds to an IPv4 packet without options of this length, padding included. */
  public int overhead(int innerLength, EspMode mode, boolean udpEncapsulated) {
    return sealedLength(innerLength, mode, udpEncapsulated) - innerLength;
  }

  /**
   * The longest IPv4 packet without options whose sealed form fits an MTU.
   *
   * @return the length with the packet's IP header, or 0 if not even a header fits
   */
  public int maxInner(int mtu, EspMode mode, boolean udpEncapsulated) {
    int fixed =
        Ipv4Fields.MIN_HEADER_LENGTH
            + (udpEncapsulated ? UDP_HEADER_LENGTH : 0)
            + ESP_HEADER_LENGTH
            + encryption.ivLength()
            + icvLength();
    int encrypted = (mtu - fixed) / alignment() * alignment();
    int payload = encrypted - TRAILER_LENGTH;
    int inner = mode == EspMode.TRANSPORT ? payload + Ipv4Fields.MIN_HEADER_LENGTH : payload;
    return mtu < fixed || inner < Ipv4Fields.MIN_HEADER_LENGTH ? 0 : inner;
  }

  /** Both algorithms: {@code 3DES-CBC/HMAC-MD5-96}, or one of combined mode alone. */
  @Override
  public String toString() {
    return encryption.isCombined() ? encryption.toString() : encryption + "/" + integrity;
  }
}
