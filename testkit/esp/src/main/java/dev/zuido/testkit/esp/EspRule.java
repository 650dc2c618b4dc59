package dev.zuido.testkit.esp;

import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspVerdict;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import java.util.Arrays;

/**
 * The rules that an ESP packet can keep in an odd way, or break: each constant makes a packet that
 * differs from a good one in this alone. Where a packet has to be authentic for the rule to be
 * reached, it is sealed with the right key.
 */
public enum EspRule {
  /** A packet as every sender makes it. */
  GOOD(EspVerdict.OPENED),
  /** Legal: more padding than the cipher needs (RFC 4303 section 2.4). */
  LONG_PADDING(EspVerdict.OPENED),
  /** Legal: a sequence number far from the first. */
  HIGH_SEQUENCE_NUMBER(EspVerdict.OPENED),
  /** Legal: the link has put bytes behind the packet. */
  LINK_PADDING(EspVerdict.OPENED),
  /** Legal in tunnel mode: bytes behind the inner packet (RFC 4303 section 2.7). */
  TRAFFIC_FLOW_PADDING(EspVerdict.OPENED),
  /** Legal with UDP encapsulation: a translator's source port (RFC 3948 section 5.2). */
  TRANSLATED_PORT(EspVerdict.OPENED),
  /** Legal: a dummy packet (RFC 4303 section 2.6). */
  DUMMY(EspVerdict.DUMMY),
  /** The IPv4 header's checksum is wrong. */
  HEADER_CHECKSUM(EspVerdict.NOT_IPV4),
  /** The packet is a fragment (RFC 4303 section 3.4.1). */
  FRAGMENT(EspVerdict.FRAGMENT),
  /** The IP protocol is neither ESP nor what the SA's encapsulation asks for. */
  ENCAPSULATION(EspVerdict.BAD_ENCAPSULATION),
  /** The SPI is another SA's. */
  SPI(EspVerdict.UNKNOWN_SPI),
  /** The sequence number is 0 (RFC 4303 section 3.3.3). */
  SEQUENCE_ZERO(EspVerdict.TOO_OLD),
  /** The sequence number was changed on the way. */
  SEQUENCE_CHANGED(EspVerdict.BAD_ICV),
  /** A bit of the encrypted part was changed on the way. */
  CIPHERTEXT(EspVerdict.BAD_ICV),
  /** A bit of the ICV was changed on the way. */
  ICV(EspVerdict.BAD_ICV),
  /** The encrypted part is not a multiple of the block, or of 4. */
  ALIGNMENT(EspVerdict.BAD_LENGTH),
  /** There is no room for pad length and next header. */
  MINIMUM_LENGTH(EspVerdict.BAD_LENGTH),
  /** The padding does not count up. */
  PADDING_VALUE(EspVerdict.BAD_PADDING),
  /** The padding is longer than the packet. */
  PAD_LENGTH(EspVerdict.BAD_PADDING),
  /** The traffic inside is not what the SA is for (RFC 4301 section 5.2). */
  SELECTOR(EspVerdict.SELECTOR_MISMATCH);

  private final EspVerdict expected;

  EspRule(EspVerdict expected) {
    this.expected = expected;
  }

  /** What becomes of such a packet. */
  public EspVerdict expected() {
    return expected;
  }

  /** Whether the packet is a legal one. */
  public boolean isKept() {
    return expected == EspVerdict.OPENED || expected == EspVerdict.DUMMY;
  }

  /**
   * Makes a packet.
   *
   * @param association the SA; the packet is for its receiving end
   * @param inner a good IPv4 packet of at most 1 500 bytes that the SA is for
   * @param choice decides where several places would do
   */
  public EspCase apply(TestAssociation association, ByteString inner, int choice) {
    byte[] packet = make(association, inner.toArray(), choice & Integer.MAX_VALUE);
    return new EspCase(name(), association, ByteString.of(packet), expected);
  }

  private byte[] make(TestAssociation association, byte[] inner, int choice) {
    ForgedPacket forged = new ForgedPacket(association, inner);
    int alignment = association.parameters().suite().alignment();
    switch (this) {
      case LONG_PADDING -> forged.pad((choice % (255 / alignment - 1)) + 1);
      case HIGH_SEQUENCE_NUMBER -> forged.sequence = 0xfff0_0000L;
      case TRAFFIC_FLOW_PADDING -> {
        if (association.parameters().mode() == EspMode.TUNNEL) {
          forged.payload = Arrays.copyOf(forged.payload, inner.length + 1 + choice % 100);
          forged.pad(0);
        }
      }
      case DUMMY -> forged.nextHeader = IpProtocol.NO_NEXT_HEADER;
      case SPI -> forged.spi++;
      case SEQUENCE_ZERO -> forged.sequence = 0;
      case MINIMUM_LENGTH -> {
        forged.payload = new byte[0];
        forged.pad(0);
      }
      case PADDING_VALUE -> {
        forged.pad(1);
        forged.padding[choice % forged.padding.length] ^= (byte) (1 + choice % 255);
      }
      case PAD_LENGTH -> {
        forged.payload = Arrays.copyOf(forged.payload, Math.min(forged.payload.length, 40));
        forged.pad(0);
        forged.padLength = 255 - choice % 100;
      }
      case SELECTOR -> otherTraffic(association, forged);
      default -> {}
    }
    return onTheWay(association, forged, choice);
  }

  private static void otherTraffic(TestAssociation association, ForgedPacket forged) {
    if (association.parameters().mode() == EspMode.TUNNEL) {
      Ipv4Fields.setProtocol(forged.payload, 0, IpProtocol.TCP);
    } else {
      forged.nextHeader = IpProtocol.TCP;
    }
  }

  /** What happens to the packet after it was sealed. */
  private byte[] onTheWay(TestAssociation association, ForgedPacket forged, int choice) {
    byte[] packet = forged.bytes();
    int esp = forged.espOffset();
    int icv = association.parameters().suite().icvLength();
    int encrypted = esp + 8 + association.parameters().suite().encryption().ivLength();
    switch (this) {
      case LINK_PADDING -> {
        return Arrays.copyOf(packet, packet.length + 1 + choice % 46);
      }
      case TRANSLATED_PORT -> {
        if (association.parameters().udpEncapsulation() != null) {
          BigEndian.putShort(packet, esp - 8, 1024 + choice % 64_512);
        }
      }
      case HEADER_CHECKSUM -> packet[10 + choice % 2] ^= (byte) (1 << choice % 8);
      case FRAGMENT -> {
        BigEndian.putShort(packet, 6, choice % 2 == 0 ? Ipv4Fields.MORE_FRAGMENTS : 5);
        Ipv4Fields.updateChecksum(packet, 0);
      }
      case ENCAPSULATION -> Ipv4Fields.setProtocol(packet, 0, IpProtocol.TCP);
      case SEQUENCE_CHANGED -> BigEndian.putInt(packet, esp + 4, 2 + choice % 1000);
      case CIPHERTEXT -> flip(packet, encrypted, packet.length - icv - encrypted, choice);
      case ICV -> flip(packet, packet.length - icv, icv, choice);
      case ALIGNMENT -> {
        return shortened(association, packet, packet.length - 1 - choice % 3);
      }
      case MINIMUM_LENGTH -> {
        return shortened(association, packet, encrypted + icv);
      }
      default -> {}
    }
    return packet;
  }

  private static void flip(byte[] packet, int offset, int length, int choice) {
    packet[offset + choice % length] ^= (byte) (1 << choice % 8);
  }

  private static byte[] shortened(TestAssociation association, byte[] packet, int length) {
    byte[] shorter = Arrays.copyOf(packet, length);
    Ipv4Fields.setTotalLength(shorter, 0, length);
    if (association.parameters().udpEncapsulation() != null) {
      int udp = Ipv4Fields.headerLength(shorter, 0);
      BigEndian.putShort(shorter, udp + 4, length - udp);
    }
    return shorter;
  }
}
