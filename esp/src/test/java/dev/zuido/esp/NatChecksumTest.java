package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.UdpFields;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ari's laptop and the server of RFC 3948 section 5.2, with a translator between. */
final class NatChecksumTest {
  private static final Ipv4Address ARI = Ipv4Address.of(10, 1, 2, 3);
  private static final Ipv4Address NAT = Ipv4Address.of(203, 0, 113, 7);
  private static final Ipv4Address SERVER = Ipv4Address.of(198, 51, 100, 5);
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  /** 20 bytes, 0x10 to 0x23. */
  private static final byte[] KEY = Packets.hex("101112131415161718191a1b1c1d1e1f20212223");

  /*
   * The golden packets were made with Python's hmac and struct; Wireshark 4 finds their ICVs right,
   * the inner checksums of the sealed ones wrong by the translation, and those of the others right.
   */

  /** A SYN from Ari to the server, as the server receives it. */
  private static final String TO_SERVER =
      "4500004804d240003f11d092cb007107c6336405"
          + "8235119400340000"
          + "0000123400000001"
          + "c000005011223344000000005002faf079fe0000"
          + "01020206"
          + "2ba12dda9127f3f19f60fe8b";

  private static final String TO_SERVER_OPENED =
      "4500002804d240003f06d0bdcb007107c6336405c000005011223344000000005002faf049fa0000";

  /** An answer over UDP from the server to the translator, as Ari receives it. */
  private static final String TO_ARI =
      "4500004404d240003f11009bc63364050a010203"
          + "1194119400300000"
          + "0000123400000001"
          + "0035c001000f7e00616e7377657221"
          + "0102030311"
          + "34c7c03eb68d0e5bb806255d";

  private static final String TO_ARI_OPENED =
      "4500002304d240003f1100bcc63364050a0102030035c001000fae04616e7377657221";

  private static InboundSa inbound(
      Ipv4Address local, Ipv4Address remote, UdpEncapsulation encapsulation) {
    SaParameters parameters =
        SaParameters.of(0x1234, EspMode.TRANSPORT, SUITE, local, remote)
            .withUdpEncapsulation(encapsulation);
    try (EspKeys keys = EspKeys.ofKeyMaterial(SUITE, KEY)) {
      return new InboundSa(parameters, keys, EspCrypto.platform(), 0);
    }
  }

  private static byte[] open(InboundSa sa, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    sa.open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    return batch.copy(0);
  }

  @Test
  void thePeerIsBehindTheTranslator() {
    UdpEncapsulation udp = new UdpEncapsulation(4500, 33_333, SERVER, ARI);
    assertArrayEquals(
        Packets.hex(TO_SERVER_OPENED), open(inbound(SERVER, NAT, udp), Packets.hex(TO_SERVER)));
  }

  @Test
  void weAreBehindTheTranslator() {
    UdpEncapsulation udp = new UdpEncapsulation(4500, 4500, NAT, SERVER);
    assertArrayEquals(
        Packets.hex(TO_ARI_OPENED), open(inbound(ARI, SERVER, udp), Packets.hex(TO_ARI)));
  }

  @Test
  void anAddressThatWasNotSentIsTheOneThatArrives() {
    UdpEncapsulation onlySource = new UdpEncapsulation(4500, 33_333, null, ARI);
    UdpEncapsulation onlyDestination = new UdpEncapsulation(4500, 4500, NAT, null);
    assertArrayEquals(
        Packets.hex(TO_SERVER_OPENED),
        open(inbound(SERVER, NAT, onlySource), Packets.hex(TO_SERVER)));
    assertArrayEquals(
        Packets.hex(TO_ARI_OPENED),
        open(inbound(ARI, SERVER, onlyDestination), Packets.hex(TO_ARI)));
  }

  @Test
  void withoutOriginalAddressesTheChecksumStaysAsItCame() {
    byte[] opened =
        open(inbound(SERVER, NAT, new UdpEncapsulation(4500, 33_333)), Packets.hex(TO_SERVER));
    assertEquals(0x79fe, TcpFields.checksum(opened, 20));
  }

  /** What the server opens of a packet that Ari has sealed and the translator has changed. */
  private static byte[] throughTheTranslator(byte[] packet, EspMode mode) {
    SaParameters sending =
        SaParameters.of(0x1234, mode, SUITE, ARI, SERVER)
            .withUdpEncapsulation(UdpEncapsulation.STANDARD);
    SaParameters receiving =
        SaParameters.of(0x1234, mode, SUITE, SERVER, NAT)
            .withUdpEncapsulation(new UdpEncapsulation(4500, 4500, SERVER, ARI));
    try (EspKeys keys = EspKeys.ofKeyMaterial(SUITE, KEY)) {
      byte[] sealed =
          Packets.seal(
              new OutboundSa(sending, keys, EspCrypto.platform(), Packets.random(1), 0), packet);
      BigEndian.putInt(sealed, 12, NAT.value());
      Ipv4Fields.updateChecksum(sealed, 0);
      return open(new InboundSa(receiving, keys, EspCrypto.platform(), 0), sealed);
    }
  }

  private static byte[] udp(int length, int checksum) {
    byte[] packet = Packets.ipv4(length, IpProtocol.UDP, ARI, SERVER, 0);
    UdpFields.write(packet, 20, 1024, 53, length - 20);
    BigEndian.putShort(packet, 26, checksum);
    return packet;
  }

  @Test
  void aDatagramWithoutChecksumStaysWithout() {
    byte[] opened = throughTheTranslator(udp(40, 0), EspMode.TRANSPORT);
    assertEquals(0, UdpFields.checksum(opened, 20));
  }

  @Test
  void aChecksumOfUdpThatComesToZeroIsSentAsAllOnes() {
    byte[] zeroBehind = udp(40, 0);
    BigEndian.putInt(zeroBehind, 12, NAT.value());
    // The last word makes the sum with the translated addresses come to zero.
    BigEndian.putShort(zeroBehind, 38, 0);
    UdpFields.updateChecksum(zeroBehind, 20, NAT.value(), SERVER.value());
    BigEndian.putShort(zeroBehind, 38, UdpFields.checksum(zeroBehind, 20));
    UdpFields.updateChecksum(zeroBehind, 20, NAT.value(), SERVER.value());
    assertEquals(0xffff, UdpFields.checksum(zeroBehind, 20));

    byte[] sent = zeroBehind.clone();
    BigEndian.putInt(sent, 12, ARI.value());
    Ipv4Fields.updateChecksum(sent, 0);
    UdpFields.updateChecksum(sent, 20, ARI.value(), SERVER.value());
    byte[] opened = throughTheTranslator(sent, EspMode.TRANSPORT);
    assertEquals(0xffff, UdpFields.checksum(opened, 20));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {IpProtocol.ICMP, IpProtocol.GRE, IpProtocol.OSPF, 33 /* DCCP */, 132 /* SCTP */})
  void otherProtocolsAreLeftAlone(int protocol) {
    byte[] packet = Packets.ipv4(60, protocol, ARI, SERVER, 0);
    byte[] opened = throughTheTranslator(packet, EspMode.TRANSPORT);
    assertArrayEquals(
        Arrays.copyOfRange(packet, 20, 60), Arrays.copyOfRange(opened, 20, opened.length));
  }

  @Test
  void aPacketThatIsTooShortForTheFieldIsLeftAlone() {
    for (int protocol : new int[] {IpProtocol.TCP, IpProtocol.UDP}) {
      int firstWithField = 20 + (protocol == IpProtocol.TCP ? 18 : 8);
      for (int length = 20; length <= firstWithField; length++) {
        byte[] packet = Packets.ipv4(length, protocol, ARI, SERVER, 0);
        byte[] opened = throughTheTranslator(packet, EspMode.TRANSPORT);
        assertEquals(length, opened.length);
        assertEquals(
            length < firstWithField,
            Arrays.equals(packet, 20, length, opened, 20, length),
            "protocol " + protocol + " length " + length);
      }
    }
  }

  @Test
  void tunnelModeHasNothingToCorrect() {
    byte[] packet = Packets.ipv4(60, IpProtocol.TCP); // between two hosts behind the ends
    assertArrayEquals(packet, throughTheTranslator(packet, EspMode.TUNNEL));
  }
}
