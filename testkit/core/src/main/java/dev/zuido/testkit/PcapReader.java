package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads capture files: classic pcap (micro- and nanoseconds) and pcapng (section, interface,
 * enhanced and simple packet blocks), in both byte orders. A file that is neither, or breaks off,
 * ends in an {@link IOException} that says where.
 */
public final class PcapReader {
  /** The longest packet that is believed. */
  public static final int MAX_CAPTURED = 1 << 20;

  private static final int PCAP_MICROS = 0xa1b2c3d4;
  private static final int PCAP_NANOS = 0xa1b23c4d;
  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;
  private static final int OPTION_END = 0;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_INTERFACE_NAME = 2;
  private static final int OPTION_TIME_RESOLUTION = 9;

  /** A classic file header has 24 bytes, a section header block at least 28. */
  private static final int SHORTEST = 24;

  private static final long SECOND = 1_000_000_000L;

  private record Interface(String name, int linkType, int resolution) {
    /** The option's value is a negative power of 10, or of 2 if its highest bit is set. */
    long nanos(long units) {
      if ((resolution & 0x80) != 0) {
        double perSecond = Math.pow(2, resolution & 0x7f);
        long seconds = (long) Math.floor(units / perSecond);
        return seconds * SECOND + Math.round((units - seconds * perSecond) / perSecond * SECOND);
      }
      long scaled = units;
      for (int i = resolution; i < 9; i++) {
        scaled *= 10;
      }
      for (int i = 9; i < resolution; i++) {
        scaled /= 10;
      }
      return scaled;
    }
  }

  private final ByteBuffer in;
  private final List<CapturedPacket> packets = new ArrayList<>();
  private final List<Interface> interfaces = new ArrayList<>();

  private PcapReader(byte[] file) {
    in = ByteBuffer.wrap(file);
  }

  /** Reads a whole capture. */
  public static List<CapturedPacket> read(byte[] file) throws IOException {
    PcapReader reader = new PcapReader(file);
    try {
      reader.readFile();
    } catch (BufferUnderflowException e) {
      throw new IOException("the capture breaks off at byte " + reader.in.position(), e);
    }
    return reader.packets;
  }

  /** Reads a whole capture; the stream is read to its end and not closed. */
  public static List<CapturedPacket> read(InputStream file) throws IOException {
    return read(file.readAllBytes());
  }

  /**
   * Reads a whole capture that lies beside a class, as tests keep recorded sessions.
   *
   * @param name as {@link Class#getResourceAsStream} takes it
   */
  public static List<CapturedPacket> readResource(Class<?> beside, String name) throws IOException {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new FileNotFoundException(name + " beside " + beside.getName());
      }
      return read(file);
    }
  }

  /** The IP packets of a capture, in order; what is none is left out. */
  public static List<byte[]> ipPackets(List<CapturedPacket> capture) {
    List<byte[]> found = new ArrayList<>();
    for (CapturedPacket packet : capture) {
      ByteString ip = packet.ipPacket();
      if (ip != null) {
        found.add(ip.toArray());
      }
    }
    return found;
  }

  private void readFile() throws IOException {
    if (in.remaining() < SHORTEST) {
      throw new IOException("the capture breaks off within its header");
    }
    int magic = in.getInt(0);
    if (magic == SECTION_HEADER) {
      while (in.hasRemaining()) {
        readBlock();
      }
      return;
    }
    if (magic != PCAP_MICROS && magic != PCAP_NANOS) {
      in.order(ByteOrder.LITTLE_ENDIAN);
      magic = in.getInt(0);
    }
    switch (magic) {
      case PCAP_MICROS -> readPcap(1_000);
      case PCAP_NANOS -> readPcap(1);
      default -> throw new IOException("neither pcap nor pcapng");
    }
  }

  private void readPcap(int nanosPerUnit) throws IOException {
    in.position(20);
    int linkType = in.getInt() & 0xffff;
    while (in.hasRemaining()) {
      long seconds = in.getInt() & 0xffff_ffffL;
      long fraction = in.getInt() & 0xffff_ffffL;
      int captured = in.getInt();
      int original = in.getInt();
      ByteString frame = readBytes(captured);
      packets.add(
          new CapturedPacket(
              seconds * SECOND + fraction * nanosPerUnit, "", linkType, frame, original, ""));
    }
  }

  private void readBlock() throws IOException {
    int start = in.position();
    int type = in.getInt();
    if (type == SECTION_HEADER) {
      if (in.limit() - start < SHORTEST) {
        throw new IOException("the section header breaks off at byte " + start);
      }
      in.order(ByteOrder.BIG_ENDIAN);
      if (in.getInt(start + 8) != BYTE_ORDER_MAGIC) {
        in.order(ByteOrder.LITTLE_ENDIAN);
      }
      if (in.getInt(start + 8) != BYTE_ORDER_MAGIC) {
        throw new IOException("no byte-order magic at byte " + (start + 8));
      }
      interfaces.clear();
    }
    int length = in.getInt();
    if (length < 12 || (length & 3) != 0 || length > in.limit() - start) {
      throw new IOException("a block of " + length + " bytes at byte " + start);
    }
    if (in.getInt(start + length - 4) != length) {
      throw new IOException("the two lengths of the block at byte " + start + " differ");
    }
    int limit = in.limit();
    in.limit(start + length - 4);
    switch (type) {
      case INTERFACE_DESCRIPTION -> readInterface();
      case ENHANCED_PACKET -> readEnhancedPacket();
      case SIMPLE_PACKET -> readSimplePacket();
      default -> {
        // Statistics, names, secrets and the section's own options are of no interest here.
      }
    }
    in.limit(limit);
    in.position(start + length);
  }

  private void readInterface() throws IOException {
    int linkType = in.getShort() & 0xffff;
    in.getShort();
    in.getInt();
    byte[] name = option(OPTION_INTERFACE_NAME);
    byte[] resolution = option(OPTION_TIME_RESOLUTION);
    interfaces.add(
        new Interface(
            name == null ? "" : new String(name, StandardCharsets.UTF_8),
            linkType,
            resolution == null || resolution.length == 0 ? 6 : resolution[0] & 0xff));
  }

  private void readEnhancedPacket() throws IOException {
    Interface seenOn = interfaceNumber(in.getInt());
    long high = in.getInt();
    long units = high << 32 | (in.getInt() & 0xffff_ffffL);
    int captured = in.getInt();
    int original = in.getInt();
    ByteString frame = readBytes(captured);
    skipTo4();
    byte[] comment = option(OPTION_COMMENT);
    packets.add(
        new CapturedPacket(
            seenOn.nanos(units),
            seenOn.name,
            seenOn.linkType,
            frame,
            original,
            comment == null ? "" : new String(comment, StandardCharsets.UTF_8)));
  }

  private void readSimplePacket() throws IOException {
    Interface seenOn = interfaceNumber(0);
    int original = in.getInt();
    ByteString frame = readBytes(Math.min(original, in.remaining()));
    packets.add(new CapturedPacket(0, seenOn.name, seenOn.linkType, frame, original, ""));
  }

  private Interface interfaceNumber(int number) throws IOException {
    if (number < 0 || number >= interfaces.size()) {
      throw new IOException("interface " + number + " of " + interfaces.size());
    }
    return interfaces.get(number);
  }

  /** The value of the first option with a code, looked for from here to the end of the block. */
  private byte @Nullable [] option(int wanted) throws IOException {
    int start = in.position();
    byte[] found = null;
    while (found == null && in.remaining() >= 4) {
      int code = in.getShort() & 0xffff;
      int length = in.getShort() & 0xffff;
      if (code == OPTION_END) {
        break;
      }
      byte[] value = readBytes(length).toArray();
      skipTo4();
      if (code == wanted) {
        found = value;
      }
    }
    in.position(start);
    return found;
  }

  private ByteString readBytes(int length) throws IOException {
    if (length < 0 || length > MAX_CAPTURED || length > in.remaining()) {
      throw new IOException(length + " bytes at byte " + in.position());
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return ByteString.of(bytes);
  }

  /** Blocks begin at multiples of 4, so that padding can be counted from the file's start. */
  private void skipTo4() {
    in.position(Math.min(in.limit(), in.position() + 3 & ~3));
  }
}
