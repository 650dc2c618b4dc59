package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Writes a capture in the pcapng format (draft-ietf-opsawg-pcapng): one section, an interface block
 * per name, times in nanoseconds, and a comment per packet where there is something to say. An
 * interface has IP packets without link header (LINKTYPE_RAW) unless {@link #ethernet} says that it
 * has Ethernet frames.
 *
 * <p>Time 0 of the simulation is 1970-01-01 in the capture.
 */
public final class PcapngWriter implements AutoCloseable {
  /** The link type of IP packets without link header. */
  public static final int LINKTYPE_RAW = 101;

  /** The link type of Ethernet frames without checksum. */
  public static final int LINKTYPE_ETHERNET = 1;

  private static final int SECTION_HEADER = 0x0a0d0d0a;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_INTERFACE_NAME = 2;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int OPTION_APPLICATION = 4;

  private final DataOutputStream out;
  private final Map<String, Integer> interfaces = new LinkedHashMap<>();
  private final Set<String> ethernets = new HashSet<>();

  /**
   * Begins a capture.
   *
   * @param out where it goes; closed by {@link #close()}
   */
  public PcapngWriter(OutputStream out) throws IOException {
    this.out = new DataOutputStream(out);
    byte[] application = "Zuido".getBytes(StandardCharsets.UTF_8);
    writeBlock(SECTION_HEADER, 16 + optionLength(application) + 4);
    this.out.writeInt(BYTE_ORDER_MAGIC);
    this.out.writeShort(1);
    this.out.writeShort(0);
    this.out.writeLong(-1);
    writeOption(OPTION_APPLICATION, application);
    this.out.writeInt(0);
    this.out.writeInt(12 + 16 + optionLength(application) + 4);
  }

  /**
   * Says that an interface has Ethernet frames, not IP packets; before its first packet.
   *
   * @return this writer
   */
  public PcapngWriter ethernet(String interfaceName) {
    if (interfaces.containsKey(interfaceName)) {
      throw new IllegalArgumentException(interfaceName + " has packets already");
    }
    ethernets.add(interfaceName);
    return this;
  }

  /**
   * Writes a packet.
   *
   * @param interfaceName on which it was seen; the first use of a name describes the interface
   * @param nanos when, from 0
   * @param packet an IPv4 or IPv6 packet, or a frame of an {@linkplain #ethernet Ethernet}
   * @param comment what to say about it; empty for nothing
   */
  public void write(String interfaceName, long nanos, ByteString packet, String comment)
      throws IOException {
    int number = interfaceNumber(interfaceName);
    byte[] bytes = packet.toArray();
    byte[] text = comment.getBytes(StandardCharsets.UTF_8);
    int options = text.length == 0 ? 0 : optionLength(text) + 4;
    int length = 20 + padded(bytes.length) + options;
    writeBlock(ENHANCED_PACKET, length);
    out.writeInt(number);
    out.writeInt((int) (nanos >>> 32));
    out.writeInt((int) nanos);
    out.writeInt(bytes.length);
    out.writeInt(bytes.length);
    writePadded(bytes);
    if (options > 0) {
      writeOption(OPTION_COMMENT, text);
      out.writeInt(0);
    }
    out.writeInt(12 + length);
  }

  /**
   * An observer that writes what it sees: each packet as it leaves the node, with its fate as the
   * comment unless it simply arrives. What a test injected is written as it arrives. Second copies
   * are left out.
   *
   * @param interfaceName under which name
   */
  public PacketTap asTap(String interfaceName) {
    return event -> {
      if (event.fate() == Fate.DUPLICATED) {
        return;
      }
      boolean injected = event.fate() == Fate.INJECTED;
      String comment =
          event.fate() == Fate.DELIVERED
              ? ""
              : event.channel() + ": " + event.fate().name().toLowerCase(Locale.ROOT);
      try {
        write(
            interfaceName, event.timeNanos(), injected ? event.delivered() : event.sent(), comment);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private int interfaceNumber(String name) throws IOException {
    Integer known = interfaces.get(name);
    if (known != null) {
      return known;
    }
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] resolution = {9};
    int length = 8 + optionLength(text) + optionLength(resolution) + 4;
    writeBlock(INTERFACE_DESCRIPTION, length);
    out.writeShort(ethernets.contains(name) ? LINKTYPE_ETHERNET : LINKTYPE_RAW);
    out.writeShort(0);
    out.writeInt(0);
    writeOption(OPTION_INTERFACE_NAME, text);
    writeOption(OPTION_TIME_RESOLUTION, resolution);
    out.writeInt(0);
    out.writeInt(12 + length);
    int number = interfaces.size();
    interfaces.put(name, number);
    return number;
  }

  private void writeBlock(int type, int bodyLength) throws IOException {
    out.writeInt(type);
    out.writeInt(12 + bodyLength);
  }

  private void writeOption(int code, byte[] value) throws IOException {
    out.writeShort(code);
    out.writeShort(value.length);
    writePadded(value);
  }

  private void writePadded(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(new byte[padded(bytes.length) - bytes.length]);
  }

  private static int optionLength(byte[] value) {
    return 4 + padded(value.length);
  }

  private static int padded(int length) {
    return length + 3 & ~3;
  }
}
