package dev.zuido.fuzz.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/** The decoders of OSPF: what they read can be shown, and encodes to the same bytes. */
class OspfDecoderFuzzTest {
  /** A whole packet. */
  @FuzzTest(maxDuration = "5m")
  void packets(byte[] bytes) {
    check(bytes);
  }

  /** A packet whose version, length and checksum fit: the first byte is its type. */
  @FuzzTest(maxDuration = "5m")
  void bodies(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int type = bytes[0] & 0xff;
    check(Datagrams.framed(type, 1, 0, Arrays.copyOfRange(bytes, 1, bytes.length)));
  }

  /** An LSA whose length and checksum fit. */
  @FuzzTest(maxDuration = "5m")
  void lsas(byte[] bytes) {
    byte[] lsa = Arrays.copyOf(bytes, Math.max(LsaHeader.LENGTH, Math.min(bytes.length, 0xffff)));
    BigEndian.putShort(lsa, 18, lsa.length);
    Datagrams.sum(lsa, 0, lsa.length);
    try {
      Lsa read = Lsa.decode(Unpooled.wrappedBuffer(lsa));
      show(read);
      ByteBuf out = Unpooled.buffer();
      read.encode(out);
      assertEquals(ByteString.of(lsa), ByteString.read(out, out.readableBytes()));
      Lsa older = read.withAge(LsaHeader.MAX_AGE);
      assertEquals(read.body(), older.body());
      assertEquals(read.isIntact(), older.isIntact());
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= lsa.length, e.getMessage());
    }
  }

  /** What an opaque LSA says; the first byte is the opaque type. */
  @FuzzTest(maxDuration = "5m")
  void opaqueBodies(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    int opaqueType = (bytes[0] & 0xff) % 10;
    try {
      ByteString information = ByteString.of(bytes, 1, bytes.length - 1);
      OpaqueBody body = OpaqueBody.decode(opaqueType, information);
      assertTrue(!body.toString().isEmpty());
      assertEquals(opaqueType, body.opaqueType());
      assertEquals(body, OpaqueBody.decode(opaqueType, body.information()));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0, e.getMessage());
    }
  }

  private static void check(byte[] bytes) {
    try {
      ByteBuf in = Unpooled.wrappedBuffer(bytes);
      OspfPacket packet = OspfPacket.decode(in);
      assertTrue(!packet.toString().isEmpty());
      if (packet instanceof LinkStateUpdatePacket update) {
        update.lsas().forEach(OspfDecoderFuzzTest::show);
      }
      ByteBuf out = Unpooled.buffer();
      packet.encode(out);
      assertEquals(packet.encodedLength(), out.readableBytes());
      byte[] taken = Arrays.copyOf(bytes, in.readerIndex());
      if (packet.header().authentication() instanceof PacketAuthentication.Cryptographic) {
        BigEndian.putShort(taken, 12, 0); // There is no checksum then, whatever stands there.
      }
      assertEquals(ByteString.of(taken), ByteString.read(out, out.readableBytes()));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
    }
  }

  /** Everything that is asked of an LSA when it is shown or installed. */
  private static void show(Lsa lsa) {
    LsaBody body = lsa.body();
    assertTrue(!lsa.toString().isEmpty());
    assertTrue(!body.toString().isEmpty());
    assertEquals(body, lsa.body());
    assertEquals(lsa.encodedLength(), LsaHeader.LENGTH + body.encodedLength());
    assertTrue(lsa.hasSameContent(lsa.withAge(lsa.header().age())));
    assertEquals(0, LsaHeader.compareInstances(lsa.header(), lsa.header()));
  }
}
