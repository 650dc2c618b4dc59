package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Codecs: what is encoded decodes to the same, and arbitrary bytes only to a refusal. */
final class PppCodecPropertyTest {
  private static Arbitrary<ByteString> bytes(int min, int max) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(min)
        .ofMaxSize(max)
        .map(ByteString::of);
  }

  @Provide
  Arbitrary<List<ConfigurationOption>> options() {
    return Combinators.combine(Arbitraries.integers().between(0, 255), bytes(0, 20))
        .as(ConfigurationOption::new)
        .list()
        .ofMaxSize(12);
  }

  @Provide
  Arbitrary<ChapPacket> chap() {
    Arbitrary<Integer> identifier = Arbitraries.integers().between(0, 255);
    return Arbitraries.oneOf(
        Combinators.combine(identifier, bytes(1, 255), bytes(0, 255)).as(ChapPacket.Challenge::new),
        Combinators.combine(identifier, bytes(1, 255), bytes(0, 255)).as(ChapPacket.Response::new),
        Combinators.combine(identifier, bytes(0, 300)).as(ChapPacket.Success::new),
        Combinators.combine(identifier, bytes(0, 300)).as(ChapPacket.Failure::new));
  }

  @Provide
  Arbitrary<PapPacket> pap() {
    Arbitrary<Integer> identifier = Arbitraries.integers().between(0, 255);
    return Arbitraries.oneOf(
        Combinators.combine(identifier, bytes(0, 255), bytes(0, 255))
            .as(PapPacket.AuthenticateRequest::new),
        Combinators.combine(identifier, bytes(0, 255)).as(PapPacket.AuthenticateAck::new),
        Combinators.combine(identifier, bytes(0, 255)).as(PapPacket.AuthenticateNak::new));
  }

  @Property
  void controlPackets(
      @ForAll @IntRange(max = 255) int code,
      @ForAll @IntRange(max = 255) int identifier,
      @ForAll @Size(max = 300) byte[] data,
      @ForAll @Size(max = 20) byte[] padding)
      throws MalformedPacketException {
    ControlPacket packet = new ControlPacket(code, identifier, ByteString.of(data));
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    out.writeBytes(padding);
    assertEquals(packet, ControlPacket.decode(out));
    assertFalse(out.isReadable());
  }

  @Property
  void everyTruncationOfAControlPacketIsRefused(
      @ForAll @Size(max = 60) byte[] data, @ForAll @IntRange(max = 63) int length) {
    ByteBuf out = Unpooled.buffer();
    new ControlPacket(1, 1, ByteString.of(data)).encode(out);
    if (length < out.readableBytes()) {
      assertThrows(
          MalformedPacketException.class, () -> ControlPacket.decode(out.slice(0, length)));
    }
  }

  @Property
  void optionsAndWhatTheySay(@ForAll("options") List<ConfigurationOption> options)
      throws MalformedPacketException {
    assertEquals(options, ConfigurationOption.decodeAll(ConfigurationOption.encodeAll(options)));
    for (ConfigurationOption option : options) {
      assertEquals(option, LcpOption.of(option).toOption());
      assertEquals(option, IpcpOption.of(option).toOption());
      assertEquals(option, Ipv6cpOption.of(option).toOption());
    }
  }

  @Property
  void optionsOfKnownTypes(
      @ForAll @IntRange(max = 65535) int number, @ForAll int value, @ForAll long identifier) {
    ByteString data = ByteString.ofHex("0102");
    for (LcpOption option :
        List.of(
            new LcpOption.MaximumReceiveUnit(number),
            new LcpOption.Authentication(number, data),
            new LcpOption.Quality(number, data),
            new LcpOption.MagicNumber(value))) {
      assertEquals(option, LcpOption.of(option.toOption()));
    }
    Ipv4Address address = new Ipv4Address(value);
    for (IpcpOption option :
        List.of(new IpcpOption.IpAddress(address), new IpcpOption.SecondaryDns(address))) {
      assertEquals(option, IpcpOption.of(option.toOption()));
    }
    Ipv6cpOption interfaceId = new Ipv6cpOption.InterfaceIdentifier(identifier);
    assertEquals(interfaceId, Ipv6cpOption.of(interfaceId.toOption()));
  }

  @Property
  void chapPackets(@ForAll("chap") ChapPacket packet) throws MalformedPacketException {
    assertEquals(packet, ChapPacket.of(packet.toControlPacket()));
  }

  @Property
  void papPackets(@ForAll("pap") PapPacket packet) throws MalformedPacketException {
    assertEquals(packet, PapPacket.of(packet.toControlPacket()));
  }

  /** Bytes that decode also encode to the same; all others are refused, by that exception only. */
  @Property(tries = 2000)
  void arbitraryBytesAreDecodedOrRefused(@ForAll @Size(max = 100) byte[] bytes) {
    try {
      ControlPacket packet = ControlPacket.decode(Unpooled.wrappedBuffer(bytes));
      PacketText.of(PppProtocol.LCP, packet);
      PacketText.of(PppProtocol.CHAP, packet);
      PacketText.of(PppProtocol.PAP, packet);
    } catch (MalformedPacketException expected) {
      // Refused.
    }
    ByteString data = ByteString.of(bytes);
    try {
      assertEquals(data, ConfigurationOption.encodeAll(ConfigurationOption.decodeAll(data)));
    } catch (MalformedPacketException expected) {
      // Refused.
    }
    for (int code = 0; code < 6; code++) {
      ControlPacket packet = new ControlPacket(code, 1, data);
      try {
        assertEquals(packet, ChapPacket.of(packet).toControlPacket());
      } catch (MalformedPacketException expected) {
        // Refused.
      }
      try {
        PapPacket.of(packet);
      } catch (MalformedPacketException expected) {
        // Refused.
      }
    }
  }
}
