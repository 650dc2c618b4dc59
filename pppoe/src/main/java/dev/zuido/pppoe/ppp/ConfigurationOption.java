package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.util.ArrayList;
import java.util.List;

/**
 * An option of a Configure packet as it stands on the wire (RFC 1661 section 6): what a protocol
 * makes of it is said by {@link LcpOption}, {@link IpcpOption} and {@link Ipv6cpOption}.
 *
 * @param type its type, 0 to 255
 * @param data what follows type and length, at most 253 bytes
 */
public record ConfigurationOption(int type, ByteString data) {
  /** Bytes of type and length. */
  public static final int HEADER_LENGTH = 2;

  private static final int MAX_DATA = 255 - HEADER_LENGTH;

  /** Checks that the option can be encoded. */
  public ConfigurationOption {
    if (type < 0 || type > 255) {
      throw new IllegalArgumentException("the type is 0 to 255, not " + type);
    }
    if (data.length() > MAX_DATA) {
      throw new IllegalArgumentException("an option has at most 253 bytes, not " + data.length());
    }
  }

  /**
   * Reads the options of a Configure packet.
   *
   * @param options the packet's data
   * @throws MalformedPacketException TRUNCATED; BAD_LENGTH if a length is less than 2
   */
  public static List<ConfigurationOption> decodeAll(ByteString options)
      throws MalformedPacketException {
    List<ConfigurationOption> list = new ArrayList<>();
    int position = 0;
    while (position < options.length()) {
      if (options.length() - position < HEADER_LENGTH) {
        throw new MalformedPacketException(
            MalformedReason.TRUNCATED, "PPP option header", position);
      }
      int length = options.byteAt(position + 1) & 0xff;
      if (length < HEADER_LENGTH) {
        throw new MalformedPacketException(
            MalformedReason.BAD_LENGTH, "PPP option Length", position + 1);
      }
      if (length > options.length() - position) {
        throw new MalformedPacketException(
            MalformedReason.TRUNCATED, "PPP option Length", position + 1);
      }
      list.add(
          new ConfigurationOption(
              options.byteAt(position) & 0xff,
              options.slice(position + HEADER_LENGTH, length - HEADER_LENGTH)));
      position += length;
    }
    return list;
  }

  /** The data of a Configure packet with these options. */
  public static ByteString encodeAll(List<ConfigurationOption> options) {
    int length = 0;
    for (ConfigurationOption option : options) {
      length += option.encodedLength();
    }
    byte[] bytes = new byte[length];
    int position = 0;
    for (ConfigurationOption option : options) {
      bytes[position] = (byte) option.type;
      bytes[position + 1] = (byte) option.encodedLength();
      for (int i = 0; i < option.data.length(); i++) {
        bytes[position + HEADER_LENGTH + i] = option.data.byteAt(i);
      }
      position += option.encodedLength();
    }
    return ByteString.of(bytes);
  }

  /** Bytes on the wire, 2 to 255. */
  public int encodedLength() {
    return HEADER_LENGTH + data.length();
  }

  /** An option whose data is a number of so many bytes. */
  static ConfigurationOption ofNumber(int type, long value, int bytes) {
    return new ConfigurationOption(type, bytesOf(value, bytes));
  }

  static ByteString bytesOf(long value, int bytes) {
    byte[] data = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      data[i] = (byte) (value >>> (8 * (bytes - 1 - i)));
    }
    return ByteString.of(data);
  }

  /** So many bytes from an offset in the data as a number. */
  long number(int offset, int bytes) {
    return number(data, offset, bytes);
  }

  static long number(ByteString data, int offset, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (data.byteAt(offset + i) & 0xff);
    }
    return value;
  }
}
