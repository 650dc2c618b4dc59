package dev.zuido.esp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the IPv4 packets of a classic capture file with Ethernet frames or bare IP packets. */
final class PcapFile {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final int FILE_HEADER = 24;
  private static final int ETHERNET = 1;
  private static final int ETHERNET_HEADER = 14;

  private PcapFile() {}

  static List<byte[]> ipv4Packets(InputStream stream) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (in.getInt(0) != MAGIC) {
      throw new IOException("not a little-endian capture");
    }
    boolean ethernet = in.getInt(20) == ETHERNET;
    in.position(FILE_HEADER);
    List<byte[]> packets = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] frame = new byte[in.getInt(in.position() + 8)];
      in.position(in.position() + 16).get(frame);
      if (!ethernet) {
        packets.add(frame);
      } else if (frame[12] == 8 && frame[13] == 0) {
        packets.add(Arrays.copyOfRange(frame, ETHERNET_HEADER, frame.length));
      }
    }
    return packets;
  }
}
