package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Captured packets with AH, whose keys nobody has: their headers, and that nothing passes. */
final class AhVectorsTest {
  private static String first(Vectors.Entry fields, String name) {
    return fields.value().get(name) instanceof List<?> list && !list.isEmpty()
        ? String.valueOf(list.get(0))
        : "";
  }

  @Test
  void capturedHeadersDecodeAsTheirSidecarsSay(TestReporter reporter)
      throws IOException, MalformedPacketException {
    int decoded = 0;
    for (Vectors.Entry file : Vectors.files("esp")) {
      for (Vectors.Entry packet : file.list("packets")) {
        Vectors.Entry fields = packet.object("fields");
        String spi = first(fields, "ah.spi");
        if (spi.isEmpty()) {
          continue;
        }
        byte[] ip = packet.bytes("ipHex");
        int ah = AhFields.locate(ip, 0);
        ByteBuf in = Unpooled.wrappedBuffer(ip, ah, ip.length - ah);
        AhHeader header = AhHeader.decode(in);
        assertEquals(Integer.parseUnsignedInt(spi.substring(2), 16), header.spi());
        assertEquals(first(fields, "ah.sequence"), Integer.toUnsignedString(header.sequence()));
        assertArrayEquals(Packets.hex(first(fields, "ah.icv")), header.icv().toArray());
        assertEquals(header.spi(), AhFields.spi(ip, ah));
        assertEquals(header.encodedLength(), AhFields.headerLength(ip, ah));
        ByteBuf out = Unpooled.buffer();
        header.encode(out);
        byte[] again = new byte[out.readableBytes()];
        out.readBytes(again);
        assertArrayEquals(Arrays.copyOfRange(ip, ah, ah + again.length), again);
        decoded++;
      }
    }
    reporter.publishEntry("captured headers decoded", Integer.toString(decoded));
    assertTrue(decoded >= 10);
  }

  @Test
  void foreignAndMalformedPacketsOnlyCount() throws IOException {
    int tried = 0;
    for (String folder : new String[] {"esp", "malformed"}) {
      for (Vectors.Entry file : Vectors.files(folder)) {
        for (Vectors.Entry packet : file.list("packets")) {
          byte[] ip = packet.bytes("ipHex");
          if (ip.length > 9216) {
            continue;
          }
          for (AhIntegrity integrity : AhIntegrity.values()) {
            int version = ip.length > 0 && (ip[0] & 0xff) >>> 4 == 6 ? 6 : 4;
            int ah = ip.length >= 40 ? AhFields.locate(ip, 0) : AhFields.NONE;
            AhParameters parameters = AhPackets.parameters(EspMode.TUNNEL, integrity, version);
            if (ah != AhFields.NONE && AhFields.spi(ip, ah) != 0) {
              parameters = parameters.withSpi(AhFields.spi(ip, ah));
            }
            AhInboundSa in = AhPackets.inbound(parameters);
            assertFalse(AhPackets.verdict(in, ip).passes());
            assertEquals(1, in.counters().drops());
            assertEquals(0, in.highestSequence());
          }
          tried++;
        }
      }
    }
    assertTrue(tried > 10);
  }
}
