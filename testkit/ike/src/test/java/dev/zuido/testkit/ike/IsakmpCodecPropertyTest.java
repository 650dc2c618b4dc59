package dev.zuido.testkit.ike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class IsakmpCodecPropertyTest {
  @Property(tries = 1000)
  void payloadsDecodeToWhatTheyWere(@ForAll("payloads") Payload payload) throws Exception {
    ByteString body = payload.body();
    assertEquals(payload.bodyLength(), body.length());
    Payload decoded =
        Payload.decodeBody(payload.payloadType(), Unpooled.wrappedBuffer(body.toArray()));
    assertEquals(payload, decoded);
    assertEquals(body, decoded.body());
  }

  @Property(tries = 500)
  void messagesDecodeToWhatTheyWere(@ForAll("messages") IsakmpMessage message) throws Exception {
    assertEquals(message, IsakmpMessage.decode(Unpooled.wrappedBuffer(encode(message))));
  }

  @Property(tries = 500)
  void oddMessagesDecodeToWhatTheyWere(@ForAll("oddMessages") IsakmpMessage message)
      throws Exception {
    assertEquals(message, IsakmpMessage.decode(Unpooled.wrappedBuffer(encode(message))));
  }

  @Property(tries = 500)
  void identitiesKeepTheirMeaning(@ForAll("identities") Identity identity) {
    assertEquals(identity, Identification.of(identity, 0, 0).identity());
  }

  @Property(tries = 1000)
  void brokenMessagesAreRefusedForTheirRule(@ForAll("broken") BrokenMessage broken) {
    ByteBuf in = Unpooled.wrappedBuffer(broken.bytes().toArray());
    MalformedPacketException e =
        assertThrows(MalformedPacketException.class, () -> IsakmpMessage.decode(in));
    assertEquals(broken.rule().reason(), e.reason());
    assertEquals(broken.rule().field(), e.field());
  }

  @Property(tries = 100)
  void everyTruncationIsRefused(@ForAll("messages") IsakmpMessage message) {
    byte[] bytes = encode(message);
    byte[] chain = message.chain().toBytes();
    int step = Math.max(1, bytes.length / 200);
    for (int length = 0; length < bytes.length; length += step) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(
          MalformedPacketException.class, () -> IsakmpMessage.decode(Unpooled.wrappedBuffer(cut)));
    }
    for (int length = 0; length < chain.length; length += step) {
      byte[] cut = Arrays.copyOf(chain, length);
      assertThrows(
          MalformedPacketException.class,
          () -> PayloadChain.decode(message.chain().firstType(), Unpooled.wrappedBuffer(cut)));
    }
  }

  @Property(tries = 1000)
  void arbitraryBytesAreRefusedOrKept(@ForAll byte[] bytes) {
    assertRefusedOrKept(bytes);
  }

  @Property(tries = 1000)
  void arbitraryChainsAreRefusedOrKept(
      @ForAll @IntRange(max = 255) int firstType, @ForAll byte[] bytes) {
    try {
      PayloadChain chain = PayloadChain.decode(firstType, Unpooled.wrappedBuffer(bytes));
      assertArrayEquals(bytes, chain.toBytes());
    } catch (MalformedPacketException e) {
      assertOffset(e, IsakmpHeader.LENGTH + bytes.length);
    }
  }

  /**
   * Length and count fields are among the bytes, and small and large values among what they become.
   */
  @Property(tries = 1000)
  void damagedMessagesAreRefusedOrKept(
      @ForAll("messages") IsakmpMessage message,
      @ForAll @IntRange(max = 0xffff) int position,
      @ForAll("octets") int value) {
    byte[] bytes = encode(message);
    bytes[position % bytes.length] = (byte) value;
    assertRefusedOrKept(bytes);
  }

  @Property(tries = 500)
  void everyTwoByteFieldOfAnyValueIsRefusedOrKept(
      @ForAll("messages") IsakmpMessage message,
      @ForAll @IntRange(max = 0x7fff) int position,
      @ForAll @IntRange(max = 0xffff) int value) {
    byte[] bytes = encode(message);
    int even = IsakmpHeader.LENGTH + position % (bytes.length - IsakmpHeader.LENGTH - 1);
    BigEndian.putShort(bytes, even, value);
    assertRefusedOrKept(bytes);
  }

  private static void assertRefusedOrKept(byte[] bytes) {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    try {
      assertArrayEquals(bytes, encode(IsakmpMessage.decode(in)));
    } catch (MalformedPacketException e) {
      assertOffset(e, bytes.length);
    }
  }

  private static void assertOffset(MalformedPacketException e, int length) {
    assertEquals(true, e.offset() >= 0 && e.offset() <= length, e.getMessage());
  }

  private static byte[] encode(IsakmpMessage message) {
    ByteBuf out = Unpooled.buffer();
    message.encode(out);
    assertEquals(message.encodedLength(), out.readableBytes());
    return ByteString.read(out, out.readableBytes()).toArray();
  }

  @Provide
  Arbitrary<Payload> payloads() {
    return IsakmpArbitraries.payloads();
  }

  @Provide
  Arbitrary<IsakmpMessage> messages() {
    return IsakmpArbitraries.messages();
  }

  @Provide
  Arbitrary<IsakmpMessage> oddMessages() {
    return IsakmpArbitraries.oddMessages();
  }

  @Provide
  Arbitrary<Identity> identities() {
    return IsakmpArbitraries.identities();
  }

  @Provide
  Arbitrary<BrokenMessage> broken() {
    return BrokenRule.anyMessages();
  }

  @Provide
  Arbitrary<Integer> octets() {
    return Arbitraries.of(0, 1, 2, 3, 4, 5, 8, 0x7f, 0x80, 0xff);
  }
}
