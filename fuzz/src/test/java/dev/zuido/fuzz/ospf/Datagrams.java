package dev.zuido.fuzz.ospf;

import dev.zuido.ospf.lsa.LsaChecksum;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import java.util.Arrays;

/** Fuzzed bytes made into packets whose lengths and checksums fit, so that they get further. */
final class Datagrams {
  static final int LINK_STATE_UPDATE = 4;

  private static final int BODY = OspfHeader.LENGTH;
  private static final int CHECKSUM_OFFSET = 12;
  private static final int MOST = 3000;

  private Datagrams() {}

  /** A packet without authentication; the LSAs of an update get their lengths and checksums. */
  static byte[] framed(int type, int routerId, int areaId, byte[] body) {
    byte[] packet = new byte[BODY + Math.min(body.length, MOST)];
    System.arraycopy(body, 0, packet, BODY, packet.length - BODY);
    packet[0] = 2;
    packet[1] = (byte) type;
    BigEndian.putShort(packet, 2, packet.length);
    BigEndian.putInt(packet, 4, routerId);
    BigEndian.putInt(packet, 8, areaId);
    if (type == LINK_STATE_UPDATE) {
      sumLsas(packet);
    }
    long sum =
        InternetChecksum.sum(packet, 0, CHECKSUM_OFFSET)
            + InternetChecksum.sum(packet, BODY, packet.length - BODY);
    BigEndian.putShort(packet, CHECKSUM_OFFSET, InternetChecksum.finish(sum));
    return packet;
  }

  /** Each LSA is as long as it says, or as there is room; the count is that of the LSAs. */
  private static void sumLsas(byte[] packet) {
    int at = BODY + 4;
    int count = 0;
    while (at + LsaHeader.LENGTH <= packet.length) {
      int room = packet.length - at;
      int said = BigEndian.getUnsignedShort(packet, at + 18);
      int length = said < LsaHeader.LENGTH || said > room ? room : said;
      BigEndian.putShort(packet, at + 18, length);
      sum(packet, at, length);
      at += length;
      count++;
    }
    if (packet.length >= BODY + 4) {
      BigEndian.putInt(packet, BODY, count);
    }
  }

  /** Gives an LSA its checksum. */
  static void sum(byte[] bytes, int offset, int length) {
    byte[] lsa = Arrays.copyOfRange(bytes, offset, offset + length);
    BigEndian.putShort(bytes, offset + 16, LsaChecksum.compute(lsa, 0, length));
  }
}
