package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IcmpMessageTest {
  private static final ByteString ORIGINAL =
      ByteString.ofHex("4500006c59734000ff2ff3ea64010101c801010100000800");

  /** A ping of Linux 6.1. */
  private static final String ECHO =
      "0800311e6d480001f5bb046b000000009e9e020000000000101112131415161718191a1b1c1d1e1f"
          + "202122232425262728292a2b2c2d2e2f3031323334353637";

  @Test
  void aRecordedEchoDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    IcmpMessage message = IcmpMessage.decode(Codecs.hex(ECHO));
    IcmpMessage.EchoRequest echo = (IcmpMessage.EchoRequest) message;
    assertEquals(0x6d48, echo.identifier());
    assertEquals(1, echo.sequenceNumber());
    assertEquals(56, echo.data().length());
    assertEquals(ECHO, Codecs.encode(message::encode));
    assertEquals(new IcmpMessage.EchoReply(0x6d48, 1, echo.data()), echo.reply());
  }

  @Test
  void fragmentationNeededCarriesTheMtuInItsLastTwoBytes() throws MalformedPacketException {
    IcmpMessage message = IcmpMessage.DestinationUnreachable.fragmentationNeeded(1372, ORIGINAL);
    String encoded = Codecs.encode(message::encode);
    assertEquals("0304", encoded.substring(0, 4));
    assertEquals("0000055c", encoded.substring(8, 16));
    assertEquals(message, IcmpMessage.decode(Codecs.hex(encoded)));
  }

  @Test
  void everyTypeSurvivesTheRoundTrip() throws MalformedPacketException {
    List<IcmpMessage> messages =
        List.of(
            new IcmpMessage.EchoRequest(0xffff, 0x8000, ByteString.EMPTY),
            new IcmpMessage.EchoReply(1, 2, ORIGINAL),
            IcmpMessage.DestinationUnreachable.of(
                IcmpMessage.DestinationUnreachable.ADMINISTRATIVELY_PROHIBITED, ORIGINAL),
            new IcmpMessage.DestinationUnreachable(4, 6, 1400, ORIGINAL),
            IcmpMessage.TimeExceeded.of(IcmpMessage.TimeExceeded.IN_TRANSIT, ORIGINAL),
            new IcmpMessage.ParameterProblem(0, 200, 6, ORIGINAL),
            new IcmpMessage.Redirect(1, Ipv4Address.of(200, 1, 1, 1), ORIGINAL),
            new IcmpMessage.Unknown(13, 0, 0x00010002, ORIGINAL),
            new IcmpMessage.Unknown(IcmpMessage.ECHO_REQUEST, 1, 5, ORIGINAL));
    for (IcmpMessage message : messages) {
      String encoded = Codecs.encode(message::encode);
      assertEquals(message.encodedLength(), encoded.length() / 2);
      assertEquals(message, IcmpMessage.decode(Codecs.hex(encoded)));
      Codecs.assertTruncationsAreMalformed(
          ByteBufUtil.decodeHexDump(encoded.substring(0, 16)), IcmpMessage::decode);
    }
  }

  @Test
  void malformedMessagesHaveTheirReason() {
    Codecs.assertMalformed(
        MalformedReason.TRUNCATED, 0, ECHO.substring(0, 14), IcmpMessage::decode);
    Codecs.assertMalformed(
        MalformedReason.BAD_CHECKSUM, 2, "0900" + ECHO.substring(4), IcmpMessage::decode);
  }

  @Test
  void everyIcmpv6TypeSurvivesTheRoundTrip() throws MalformedPacketException {
    Ipv6Address source = Ipv6Address.parse("2001:db8::1");
    Ipv6Address destination = Ipv6Address.parse("2001:db8::2");
    List<Icmpv6Message> messages =
        List.of(
            new Icmpv6Message.EchoRequest(7, 9, ORIGINAL),
            new Icmpv6Message.EchoRequest(7, 9, ORIGINAL).reply(),
            new Icmpv6Message.DestinationUnreachable(4, 0, ORIGINAL),
            new Icmpv6Message.PacketTooBig(0, 1280, ORIGINAL),
            new Icmpv6Message.TimeExceeded(0, 3, ORIGINAL),
            new Icmpv6Message.ParameterProblem(1, 40, ORIGINAL),
            new Icmpv6Message.Unknown(135, 0, 0, ORIGINAL));
    for (Icmpv6Message message : messages) {
      String encoded = Codecs.encode(out -> message.encode(out, source, destination));
      assertEquals(message.encodedLength(), encoded.length() / 2);
      assertEquals(message, Icmpv6Message.decode(Codecs.hex(encoded), source, destination));
      Codecs.assertMalformed(
          MalformedReason.BAD_CHECKSUM,
          2,
          encoded,
          in -> Icmpv6Message.decode(in, source, Ipv6Address.parse("2001:db8::3")));
      Codecs.assertMalformed(
          MalformedReason.TRUNCATED,
          0,
          encoded.substring(0, 14),
          in -> Icmpv6Message.decode(in, source, destination));
    }
  }
}
