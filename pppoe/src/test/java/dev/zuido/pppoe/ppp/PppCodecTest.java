package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Golden bytes in both directions, and a case for each way to be malformed. */
final class PppCodecTest {
  private static ControlPacket decode(String hex) throws MalformedPacketException {
    return ControlPacket.decode(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private static String encode(ControlPacket packet) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(packet.encodedLength(), out.readableBytes());
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static ByteString text(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  // ---- A session as Livingston's PMVision manual prints it (Async-Control-Character-Map, option
  // 2, is none that RFC 1661 has).

  @Test
  void lcpRequestOfAPortMaster() throws MalformedPacketException {
    String hex = "01010018020600000000" + "0506d4559bea" + "0702" + "0802" + "0304c023";
    ControlPacket packet = decode(hex);
    assertEquals(ControlCode.CONFIGURE_REQUEST, packet.code());
    assertEquals(1, packet.identifier());
    List<ConfigurationOption> options = ConfigurationOption.decodeAll(packet.data());
    assertEquals(
        List.of(
            new LcpOption.Unknown(new ConfigurationOption(2, ByteString.ofHex("00000000"))),
            new LcpOption.MagicNumber(0xd4559bea),
            new LcpOption.ProtocolFieldCompression(),
            new LcpOption.AddressAndControlFieldCompression(),
            LcpOption.Authentication.of(AuthenticationProtocol.PAP)),
        options.stream().map(LcpOption::of).toList());
    assertEquals(packet.data(), ConfigurationOption.encodeAll(options));
    assertEquals(hex, encode(packet));
  }

  @Test
  void papAckOfAPortMaster() throws MalformedPacketException {
    String hex = "020100140f4c6f67696e2053756363656564" + "6564";
    assertEquals(
        new PapPacket.AuthenticateAck(1, text("Login Succeeded")), PapPacket.of(decode(hex)));
    assertEquals(
        hex, encode(new PapPacket.AuthenticateAck(1, text("Login Succeeded")).toControlPacket()));
  }

  @Test
  void ipcpRequestOfAPortMaster() throws MalformedPacketException {
    ControlPacket packet = decode("010100100206002d0f000306c0a80a20");
    List<ConfigurationOption> options = ConfigurationOption.decodeAll(packet.data());
    assertEquals(
        new IpcpOption.Unknown(new ConfigurationOption(2, ByteString.ofHex("002d0f00"))),
        IpcpOption.of(options.get(0)));
    assertEquals(
        new IpcpOption.IpAddress(Ipv4Address.of(192, 168, 10, 32)), IpcpOption.of(options.get(1)));
    assertEquals(packet.data(), ConfigurationOption.encodeAll(options));
  }

  // ---- Options as Cisco's troubleshooting guide of the 827 prints them, words and bytes

  @Test
  void optionsOfCiscosDebugOutput() {
    assertEquals("0304c023", hex(LcpOption.Authentication.of(AuthenticationProtocol.PAP)));
    assertEquals("0305c22305", hex(LcpOption.Authentication.of(AuthenticationProtocol.CHAP_MD5)));
    assertEquals("050639d50e9b", hex(new LcpOption.MagicNumber(0x39D50E9B)));
  }

  private static String hex(LcpOption option) {
    return ConfigurationOption.encodeAll(List.of(option.toOption())).toString();
  }

  // ---- RFC 2865 section 7.2: user flopsy, password arctangent, CHAP ID 22

  @Test
  void chapResponseOfRfc2865() {
    assertEquals(
        ByteString.ofHex("e97557c316185895f293ff6344077275"),
        ChapPacket.response(
            0x16, text("arctangent"), ByteString.ofHex("2aee86f08d0d55969ca5978e0d3367a2")));
  }

  // ---- by the RFCs' diagrams

  @Test
  void chapPacketsAreAsRfc1994DrawsThem() throws MalformedPacketException {
    ChapPacket challenge = new ChapPacket.Challenge(7, ByteString.ofHex("aabb"), text("bras"));
    assertEquals("0107000b" + "02aabb" + "62726173", encode(challenge.toControlPacket()));
    ChapPacket response = new ChapPacket.Response(7, ByteString.ofHex("cc"), text("me"));
    assertEquals("02070008" + "01cc" + "6d65", encode(response.toControlPacket()));
    ChapPacket success = new ChapPacket.Success(7, text("hi"));
    assertEquals("030700066869", encode(success.toControlPacket()));
    ChapPacket failure = new ChapPacket.Failure(7, ByteString.EMPTY);
    assertEquals("04070004", encode(failure.toControlPacket()));
    for (ChapPacket packet : List.of(challenge, response, success, failure)) {
      assertEquals(packet, ChapPacket.of(packet.toControlPacket()));
    }
  }

  @Test
  void papPacketsAreAsRfc1334DrawsThem() throws MalformedPacketException {
    PapPacket request = new PapPacket.AuthenticateRequest(9, text("me"), text("pw!"));
    assertEquals("0109000b" + "026d65" + "03707721", encode(request.toControlPacket()));
    PapPacket nak = new PapPacket.AuthenticateNak(9, text("no"));
    assertEquals("03090007" + "026e6f", encode(nak.toControlPacket()));
    for (PapPacket packet : List.of(request, nak)) {
      assertEquals(packet, PapPacket.of(packet.toControlPacket()));
    }
    assertEquals(
        new PapPacket.AuthenticateAck(9, ByteString.EMPTY), PapPacket.of(decode("02090004")));
  }

  @Test
  void ipcpAndIpv6cpOptionsAreAsTheirRfcsDrawThem() {
    Ipv4Address address = Ipv4Address.of(10, 0, 0, 1);
    List<IpcpOption> options =
        List.of(
            new IpcpOption.IpAddress(address),
            new IpcpOption.PrimaryDns(address),
            new IpcpOption.PrimaryNbns(address),
            new IpcpOption.SecondaryDns(address),
            new IpcpOption.SecondaryNbns(address));
    List<String> hex =
        List.of("0306", "8106", "8206", "8306", "8406").stream().map(h -> h + "0a000001").toList();
    assertEquals(
        hex,
        options.stream()
            .map(o -> ConfigurationOption.encodeAll(List.of(o.toOption())).toString())
            .toList());
    options.forEach(option -> assertEquals(option, IpcpOption.of(option.toOption())));
    Ipv6cpOption identifier = new Ipv6cpOption.InterfaceIdentifier(0x0123456789abcdefL);
    assertEquals(
        "010a0123456789abcdef",
        ConfigurationOption.encodeAll(List.of(identifier.toOption())).toString());
    assertEquals(identifier, Ipv6cpOption.of(identifier.toOption()));
  }

  @Test
  void paddingIsIgnored() throws MalformedPacketException {
    ByteBuf in = Unpooled.wrappedBuffer(HexFormat.of().parseHex("05010006abcd0000000000"));
    assertEquals(new ControlPacket(5, 1, ByteString.ofHex("abcd")), ControlPacket.decode(in));
    assertEquals(0, in.readableBytes());
  }

  @Test
  void aKnownTypeOfAnotherLengthIsUnknown() {
    for (String option : List.of("0103dc", "0303c0", "0403c0", "0505010203", "070300", "080300")) {
      ConfigurationOption raw =
          new ConfigurationOption(
              Integer.parseInt(option.substring(0, 2), 16), ByteString.ofHex(option.substring(4)));
      assertEquals(new LcpOption.Unknown(raw), LcpOption.of(raw));
      assertEquals(raw, LcpOption.of(raw).toOption());
    }
    ConfigurationOption address = new ConfigurationOption(3, ByteString.ofHex("0a0000"));
    assertEquals(new IpcpOption.Unknown(address), IpcpOption.of(address));
    ConfigurationOption identifier = new ConfigurationOption(1, ByteString.ofHex("0a0000"));
    assertEquals(new Ipv6cpOption.Unknown(identifier), Ipv6cpOption.of(identifier));
  }

  // ---- malformed

  @Test
  void malformedControlPackets() {
    malformed(MalformedReason.TRUNCATED, "PPP control header", 0, () -> decode(""));
    malformed(MalformedReason.TRUNCATED, "PPP control header", 0, () -> decode("010100"));
    malformed(MalformedReason.BAD_LENGTH, "PPP control Length", 2, () -> decode("01010003"));
    malformed(MalformedReason.BAD_LENGTH, "PPP control Length", 2, () -> decode("01010000aa"));
    malformed(MalformedReason.TRUNCATED, "PPP control Length", 2, () -> decode("01010005"));
    malformed(MalformedReason.TRUNCATED, "PPP control Length", 2, () -> decode("0101ffff00"));
  }

  @Test
  void malformedOptions() {
    malformed(MalformedReason.TRUNCATED, "PPP option header", 0, () -> options("01"));
    malformed(MalformedReason.TRUNCATED, "PPP option header", 4, () -> options("010405dc05"));
    malformed(MalformedReason.BAD_LENGTH, "PPP option Length", 1, () -> options("0100"));
    malformed(MalformedReason.BAD_LENGTH, "PPP option Length", 5, () -> options("010405dc0501"));
    malformed(MalformedReason.TRUNCATED, "PPP option Length", 1, () -> options("010405"));
    malformed(MalformedReason.TRUNCATED, "PPP option Length", 1, () -> options("05ff01020304"));
  }

  private static List<ConfigurationOption> options(String hex) throws MalformedPacketException {
    return ConfigurationOption.decodeAll(ByteString.ofHex(hex));
  }

  @Test
  void malformedChap() {
    malformed(MalformedReason.TRUNCATED, "CHAP Value-Size", 4, () -> chap("01010004"));
    malformed(MalformedReason.BAD_LENGTH, "CHAP Value-Size", 4, () -> chap("0101000600aa"));
    malformed(MalformedReason.TRUNCATED, "CHAP Value", 5, () -> chap("0201000602aa"));
    malformed(
        MalformedReason.TRUNCATED, "CHAP Value", 5, () -> chap("020100ff" + "ff".repeat(251)));
    malformed(MalformedReason.BAD_VALUE, "CHAP Code", 0, () -> chap("05010004"));
    malformed(MalformedReason.BAD_VALUE, "CHAP Code", 0, () -> chap("00010004"));
  }

  private static ChapPacket chap(String hex) throws MalformedPacketException {
    return ChapPacket.of(decode(hex));
  }

  @Test
  void malformedPap() {
    malformed(MalformedReason.TRUNCATED, "PAP Peer-ID", 4, () -> pap("01010004"));
    malformed(MalformedReason.TRUNCATED, "PAP Peer-ID", 4, () -> pap("0101000602aa"));
    malformed(MalformedReason.TRUNCATED, "PAP Password", 6, () -> pap("0101000601aa"));
    malformed(MalformedReason.TRUNCATED, "PAP Password", 6, () -> pap("0101000801aa02bb"));
    malformed(MalformedReason.TRUNCATED, "PAP Message", 4, () -> pap("0201000602aa"));
    malformed(MalformedReason.TRUNCATED, "PAP Message", 4, () -> pap("0301000602aa"));
    malformed(MalformedReason.BAD_VALUE, "PAP Code", 0, () -> pap("04010004"));
  }

  private static PapPacket pap(String hex) throws MalformedPacketException {
    return PapPacket.of(decode(hex));
  }

  private static void malformed(
      MalformedReason reason, String field, int offset, Executable decoding) {
    MalformedPacketException thrown = assertThrows(MalformedPacketException.class, decoding);
    assertEquals(reason, thrown.reason());
    assertEquals(field, thrown.field());
    assertEquals(offset, thrown.offset());
  }

  // ---- a caller's mistakes

  @Test
  void whatCannotBeEncodedIsRefused() {
    ByteString empty = ByteString.EMPTY;
    ByteString tooLong = ByteString.of(new byte[256]);
    for (Executable mistake :
        List.<Executable>of(
            () -> new ControlPacket(256, 0, empty),
            () -> new ControlPacket(0, -1, empty),
            () -> new ControlPacket(0, 0, ByteString.of(new byte[65532])),
            () -> new ConfigurationOption(256, empty),
            () -> new ConfigurationOption(1, ByteString.of(new byte[254])),
            () -> new LcpOption.MaximumReceiveUnit(65536),
            () -> new LcpOption.Authentication(-1, empty),
            () -> new LcpOption.Quality(65536, empty),
            () -> new ChapPacket.Challenge(1, empty, empty),
            () -> new ChapPacket.Response(1, tooLong, empty),
            () -> new PapPacket.AuthenticateRequest(1, tooLong, empty),
            () -> new PapPacket.AuthenticateRequest(1, empty, tooLong),
            () -> new PapPacket.AuthenticateNak(1, tooLong),
            () -> new Credential("", text("x")),
            () -> new Credential("x", empty),
            () -> new Credential("x".repeat(256), text("x")))) {
      assertThrows(IllegalArgumentException.class, mistake);
    }
  }

  @Test
  void noTextHasASecret() {
    Credential credential = new Credential("me", text("secret"));
    PapPacket.AuthenticateRequest request =
        new PapPacket.AuthenticateRequest(1, credential.nameBytes(), credential.secret());
    for (Object object : List.of(credential, request, request.toControlPacket())) {
      assertFalse(object.toString().contains("secret"));
      assertFalse(object.toString().contains(credential.secret().toString()));
    }
    assertFalse(PacketText.of(PppProtocol.PAP, request.toControlPacket()).contains("secret"));
  }
}
