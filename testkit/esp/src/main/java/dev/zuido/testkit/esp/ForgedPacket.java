package dev.zuido.testkit.esp;

import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.SaParameters;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.Arrays;

/**
 * An ESP packet in the making, every part of which can be wrong: the fields are what goes into it,
 * and {@link #bytes} seals it with the right key.
 */
final class ForgedPacket {
  private final TestAssociation association;
  private final byte[] inner;
  int spi;
  long sequence = 1;
  byte[] payload;
  byte[] padding;
  int padLength;
  int nextHeader;

  /** Starts from what a good sender makes of an IPv4 packet. */
  ForgedPacket(TestAssociation association, byte[] inner) {
    SaParameters parameters = association.parameters();
    boolean tunnel = parameters.mode() == EspMode.TUNNEL;
    this.association = association;
    this.inner = inner;
    this.spi = parameters.spi();
    this.payload =
        tunnel
            ? inner.clone()
            : Arrays.copyOfRange(inner, Ipv4Fields.headerLength(inner, 0), inner.length);
    this.nextHeader = tunnel ? IpProtocol.IPV4 : Ipv4Fields.protocol(inner, 0);
    pad(0);
  }

  /** Pads to the suite's alignment, and by so many units of it beyond that. */
  void pad(int units) {
    int alignment = association.parameters().suite().alignment();
    padLength = Math.floorMod(-(payload.length + 2), alignment) + units * alignment;
    padding = new byte[padLength];
    for (int i = 0; i < padLength; i++) {
      padding[i] = (byte) (i + 1);
    }
  }

  /** The whole IPv4 packet, with UDP in it where the SA is encapsulated. */
  byte[] bytes() {
    SaParameters parameters = association.parameters();
    EspSuite suite = parameters.suite();
    byte[] iv = new byte[suite.encryption().ivLength()];
    Arrays.fill(iv, (byte) 0xa5);
    byte[] trailer = {(byte) padLength, (byte) nextHeader};
    byte[] plaintext = ReferenceEsp.concat(payload, padding, trailer);
    byte[] esp = association.reference().seal(spi, sequence, iv, plaintext);
    byte[] udp = new byte[0];
    if (parameters.udpEncapsulation() != null) {
      udp = new byte[8];
      BigEndian.putShort(udp, 0, parameters.udpEncapsulation().localPort());
      BigEndian.putShort(udp, 2, parameters.udpEncapsulation().remotePort());
      BigEndian.putShort(udp, 4, udp.length + esp.length);
    }
    byte[] packet = ReferenceEsp.concat(new byte[headerLength()], udp, esp);
    if (parameters.mode() == EspMode.TRANSPORT) {
      System.arraycopy(inner, 0, packet, 0, headerLength());
      BigEndian.putShort(packet, 2, packet.length);
      Ipv4Fields.setProtocol(packet, 0, udp.length == 0 ? IpProtocol.ESP : IpProtocol.UDP);
    } else {
      Ipv4Fields.write(
          packet,
          0,
          0,
          packet.length,
          7,
          0,
          64,
          udp.length == 0 ? IpProtocol.ESP : IpProtocol.UDP,
          ipv4(parameters.local()),
          ipv4(parameters.remote()));
    }
    return packet;
  }

  private static int ipv4(IpAddress address) {
    if (address instanceof Ipv4Address four) {
      return four.value();
    }
    throw new IllegalArgumentException("packets are forged over IPv4 only, not to " + address);
  }

  private int headerLength() {
    return association.parameters().mode() == EspMode.TRANSPORT
        ? Ipv4Fields.headerLength(inner, 0)
        : Ipv4Fields.MIN_HEADER_LENGTH;
  }

  /** Where the SPI stands in {@link #bytes}. */
  int espOffset() {
    return headerLength() + (association.parameters().udpEncapsulation() == null ? 0 : 8);
  }
}
