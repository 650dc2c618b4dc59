package dev.zuido.fuzz.ike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** The decoder of ISAKMP: what it reads can be shown, and encodes to the same bytes. */
class IsakmpDecoderFuzzTest {
  /** A whole message. */
  @FuzzTest(maxDuration = "5m")
  void messages(byte[] bytes) {
    try {
      IsakmpMessage message = IsakmpMessage.decode(Unpooled.wrappedBuffer(bytes));
      show(message.chain());
      ByteBuf out = Unpooled.buffer();
      message.encode(out);
      assertEquals(message.encodedLength(), out.readableBytes());
      assertEquals(ByteString.of(bytes), ByteString.read(out, out.readableBytes()));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
    }
  }

  /** A chain of payloads, as it comes out of decryption; the first byte is the first one's type. */
  @FuzzTest(maxDuration = "5m")
  void chains(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
    try {
      PayloadChain chain = PayloadChain.decode(bytes[0] & 0xff, Unpooled.wrappedBuffer(content));
      show(chain);
      assertArrayEquals(content, chain.toBytes());
    } catch (MalformedPacketException e) {
      int end = IsakmpHeader.LENGTH + content.length;
      assertTrue(e.offset() >= 0 && e.offset() <= end, e.getMessage());
    }
  }

  /** The body of a payload; the first byte is its type. */
  @FuzzTest(maxDuration = "5m")
  void bodies(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    byte[] body = Arrays.copyOfRange(bytes, 1, bytes.length);
    try {
      Payload payload = Payload.decodeBody(bytes[0] & 0xff, Unpooled.wrappedBuffer(body));
      assertTrue(!payload.toString().isEmpty());
      assertEquals(ByteString.of(body), payload.body());
      assertEquals(payload, Payload.decodeBody(bytes[0] & 0xff, Unpooled.wrappedBuffer(body)));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= body.length, e.getMessage());
    }
  }

  /** Everything that is asked of payloads when they are shown or looked into. */
  private static void show(PayloadChain chain) {
    assertTrue(!chain.toString().isEmpty());
    for (Payload payload : chain.payloads()) {
      if (payload instanceof Identification id) {
        assertEquals(id.idType(), id.identity().idType());
        assertEquals(id.data(), id.identity().data());
      }
      if (payload instanceof SecurityAssociation sa) {
        long proposals = sa.alternatives().stream().mapToLong(each -> each.size()).sum();
        assertEquals(sa.proposals().size(), proposals);
      }
    }
  }
}
