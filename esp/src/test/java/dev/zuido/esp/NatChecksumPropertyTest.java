package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TransportChecksum;
import dev.zuido.wire.UdpFields;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever translators do to the addresses, what comes out has the checksum of what comes out. */
final class NatChecksumPropertyTest {
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  /** What TCP or UDP sends: the payload follows a UDP header, or is all of a TCP segment. */
  private static byte[] packet(boolean tcp, byte[] payload, int source, int destination) {
    int header = tcp ? TcpFields.MIN_HEADER_LENGTH : UdpFields.HEADER_LENGTH;
    int length = 20 + header + payload.length;
    byte[] packet =
        Packets.ipv4(
            length,
            tcp ? IpProtocol.TCP : IpProtocol.UDP,
            new Ipv4Address(source),
            new Ipv4Address(destination),
            0);
    System.arraycopy(payload, 0, packet, 20 + header, payload.length);
    if (tcp) {
      TcpFields.updateChecksum(packet, 20, length - 20, source, destination);
    } else {
      UdpFields.write(packet, 20, 1024, 53, length - 20);
      UdpFields.updateChecksum(packet, 20, source, destination);
    }
    return packet;
  }

  private static byte[] translate(byte[] packet, int source, int destination) {
    BigEndian.putInt(packet, 12, source);
    BigEndian.putInt(packet, 16, destination);
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  private static byte[] open(byte[] sealed, SaParameters sending, int source, int destination) {
    UdpEncapsulation udp =
        new UdpEncapsulation(4500, 4500, new Ipv4Address(destination), new Ipv4Address(source));
    SaParameters receiving = sending.withUdpEncapsulation(udp);
    try (EspKeys keys = Packets.keys(SUITE, 1)) {
      PacketBatch batch = Packets.batch(sealed);
      new InboundSa(receiving, keys, EspCrypto.platform(), 0).open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
      return batch.copy(0);
    }
  }

  private static SaParameters sending() {
    return Packets.transport(SUITE)
        .withSelector(TrafficSelector.ANY)
        .withUdpEncapsulation(UdpEncapsulation.STANDARD);
  }

  @Property(tries = 1200)
  void theCorrectedPacketIsTheOneThatTheSeenAddressesWouldHaveMade(
      @ForAll boolean tcp,
      @ForAll @Size(max = 60) byte[] payload,
      @ForAll int originalSource,
      @ForAll int originalDestination,
      @ForAll int seenSource,
      @ForAll int seenDestination) {
    byte[] sealed =
        Packets.seal(
            Packets.outbound(sending(), 1),
            packet(tcp, payload, originalSource, originalDestination));
    byte[] opened =
        open(
            translate(sealed, seenSource, seenDestination),
            sending(),
            originalSource,
            originalDestination);
    assertArrayEquals(packet(tcp, payload, seenSource, seenDestination), opened);
  }

  /** A checksum that the sender got wrong is not made right: that is the stack's to notice. */
  @Property(tries = 600)
  void aWrongChecksumStaysWrong(
      @ForAll boolean tcp,
      @ForAll @Size(max = 60) byte[] payload,
      @ForAll int originalSource,
      @ForAll int seenSource,
      @ForAll @IntRange(min = 1, max = 0xfffe) int error) {
    int server = Packets.THERE.value();
    byte[] packet = packet(tcp, payload, originalSource, server);
    int field = tcp ? 36 : 26;
    int wrong = (BigEndian.getUnsignedShort(packet, field) + error) % 0xffff;
    BigEndian.putShort(packet, field, wrong == 0 ? 0xffff : wrong);
    byte[] sealed = Packets.seal(Packets.outbound(sending(), 1), packet);
    byte[] opened = open(translate(sealed, seenSource, server), sending(), originalSource, server);
    int protocol = tcp ? IpProtocol.TCP : IpProtocol.UDP;
    assertNotEquals(
        0, TransportChecksum.ofIpv4(seenSource, server, protocol, opened, 20, opened.length - 20));
  }
}
