package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A TAG of a discovery packet (RFC 2516 section 5 and appendix A).
 *
 * <pre>
 *   TAG_TYPE (2) | TAG_LENGTH (2) | TAG_VALUE (TAG_LENGTH)
 * </pre>
 *
 * <p>Names and error texts are kept as the bytes that came, since nothing forces a peer to send
 * UTF-8; each of these tags has its text made printable too.
 */
public sealed interface PppoeTag {
  /** Bytes of type and length. */
  int HEADER_LENGTH = 4;

  /** The longest value, in bytes. */
  int MAX_VALUE = 0xffff;

  /** The value of TAG_TYPE, 0 to 65535. */
  int type();

  /** The value as it is encoded. */
  ByteString value();

  /** The name of the type, as the RFC has it. */
  String name();

  /** What the value says, in printable words. */
  default String text() {
    return value().toString();
  }

  /** A tag that says that something went wrong (RFC 2516 appendix A). */
  sealed interface ErrorTag extends PppoeTag permits ServiceNameError, AcSystemError, GenericError {
    /** The value as text without control characters; a NUL at its beginning or end is dropped. */
    @Override
    default String text() {
      return PrintableText.of(value());
    }
  }

  /**
   * 0x0000: there are no further tags.
   *
   * @param ignored the bytes of the packet behind it, which nobody reads
   */
  record EndOfList(ByteString ignored) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0000;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public ByteString value() {
      return ByteString.EMPTY;
    }

    @Override
    public String name() {
      return "End-Of-List";
    }
  }

  /** 0x0101: a service; empty for any. */
  record ServiceName(ByteString value) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0101;

    /** A service by its name. */
    public static ServiceName of(String name) {
      return new ServiceName(utf8(name));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "Service-Name";
    }

    @Override
    public String text() {
      return PrintableText.of(value);
    }
  }

  /** 0x0102: the name of an access concentrator. */
  record AcName(ByteString value) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0102;

    /** A concentrator by its name. */
    public static AcName of(String name) {
      return new AcName(utf8(name));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "AC-Name";
    }

    @Override
    public String text() {
      return PrintableText.of(value);
    }
  }

  /** 0x0103: what a host recognises the answers to its own requests by. */
  record HostUniq(ByteString value) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0103;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "Host-Uniq";
    }
  }

  /** 0x0104: what a concentrator recognises those by who have seen its offer. */
  record AcCookie(ByteString value) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0104;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "AC-Cookie";
    }
  }

  /**
   * 0x0105: what a vendor wants to say.
   *
   * @param vendorId the four bytes that name the vendor: 0 and its private enterprise number
   * @param data the rest
   */
  record VendorSpecific(int vendorId, ByteString data) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0105;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public ByteString value() {
      byte[] value = new byte[4 + data.length()];
      for (int i = 0; i < 4; i++) {
        value[i] = (byte) (vendorId >>> (24 - 8 * i));
      }
      System.arraycopy(data.toArray(), 0, value, 4, data.length());
      return ByteString.of(value);
    }

    @Override
    public String name() {
      return "Vendor-Specific";
    }

    @Override
    public String text() {
      return Integer.toUnsignedString(vendorId) + " " + data;
    }
  }

  /** 0x0110: what a relay recognises its stations by; each answer carries it too. */
  record RelaySessionId(ByteString value) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0110;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "Relay-Session-Id";
    }
  }

  /**
   * 0x0120: PPP payloads above 1492 bytes are welcome (RFC 4638 section 4).
   *
   * @param bytes the largest PPP payload, in bytes, 0 to 65535
   */
  record PppMaxPayload(int bytes) implements PppoeTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0120;

    /** Checks the range. */
    public PppMaxPayload {
      if (bytes < 0 || bytes > 0xffff) {
        throw new IllegalArgumentException("PPP-Max-Payload is 0 to 65535, not " + bytes);
      }
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public ByteString value() {
      return ByteString.of((byte) (bytes >> 8), (byte) bytes);
    }

    @Override
    public String name() {
      return "PPP-Max-Payload";
    }

    @Override
    public String text() {
      return Integer.toString(bytes);
    }
  }

  /** 0x0201: the service is not to be had. */
  record ServiceNameError(ByteString value) implements ErrorTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0201;

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "Service-Name-Error";
    }
  }

  /** 0x0202: the concentrator cannot do what was asked. */
  record AcSystemError(ByteString value) implements ErrorTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0202;

    /** An error with its reason. */
    public static AcSystemError of(String text) {
      return new AcSystemError(utf8(text));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "AC-System-Error";
    }
  }

  /** 0x0203: any other error. */
  record GenericError(ByteString value) implements ErrorTag {
    /** The value of TAG_TYPE. */
    public static final int TYPE = 0x0203;

    /** An error with its reason. */
    public static GenericError of(String text) {
      return new GenericError(utf8(text));
    }

    @Override
    public int type() {
      return TYPE;
    }

    @Override
    public String name() {
      return "Generic-Error";
    }
  }

  /**
   * A tag of another type, which "MUST be ignored" (section 5).
   *
   * @param type the value of TAG_TYPE, none of those above
   */
  record Unknown(int type, ByteString value) implements PppoeTag {
    /** Checks the range. */
    public Unknown {
      if (type < 0 || type > 0xffff || isKnown(type)) {
        throw new IllegalArgumentException("the type of an unknown tag is not " + type);
      }
    }

    @Override
    public String name() {
      return "tag 0x" + HexFormat.of().toHexDigits((short) type);
    }
  }

  /**
   * Reads a tag.
   *
   * @param in the tags of a packet and nothing behind them
   * @param start the reader index at which the packet began
   * @throws MalformedPacketException if the tag is cut, or its length is not that of its type
   */
  static PppoeTag decode(ByteBuf in, int start) throws MalformedPacketException {
    int at = in.readerIndex() - start;
    if (in.readableBytes() < HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPPoE TAG_TYPE", at);
    }
    int type = in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (in.readableBytes() < length) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPPoE TAG_VALUE", at + 4);
    }
    boolean fits =
        switch (type) {
          case EndOfList.TYPE -> length == 0;
          case VendorSpecific.TYPE -> length >= 4;
          case PppMaxPayload.TYPE -> length == 2;
          default -> true;
        };
    if (!fits) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "PPPoE TAG_LENGTH", at + 2);
    }
    return switch (type) {
      case EndOfList.TYPE -> new EndOfList(ByteString.read(in, in.readableBytes()));
      case VendorSpecific.TYPE -> new VendorSpecific(in.readInt(), ByteString.read(in, length - 4));
      case PppMaxPayload.TYPE -> new PppMaxPayload(in.readUnsignedShort());
      default -> of(type, ByteString.read(in, length));
    };
  }

  private static PppoeTag of(int type, ByteString value) {
    return switch (type) {
      case ServiceName.TYPE -> new ServiceName(value);
      case AcName.TYPE -> new AcName(value);
      case HostUniq.TYPE -> new HostUniq(value);
      case AcCookie.TYPE -> new AcCookie(value);
      case RelaySessionId.TYPE -> new RelaySessionId(value);
      case ServiceNameError.TYPE -> new ServiceNameError(value);
      case AcSystemError.TYPE -> new AcSystemError(value);
      case GenericError.TYPE -> new GenericError(value);
      default -> new Unknown(type, value);
    };
  }

  private static boolean isKnown(int type) {
    return switch (type) {
      case EndOfList.TYPE,
          ServiceName.TYPE,
          AcName.TYPE,
          HostUniq.TYPE,
          AcCookie.TYPE,
          VendorSpecific.TYPE,
          RelaySessionId.TYPE,
          PppMaxPayload.TYPE,
          ServiceNameError.TYPE,
          AcSystemError.TYPE,
          GenericError.TYPE ->
          true;
      default -> false;
    };
  }

  /** Writes a tag. */
  default void encode(ByteBuf out) {
    ByteString value = value();
    out.writeShort(type());
    out.writeShort(value.length());
    value.write(out);
    if (this instanceof EndOfList end) {
      end.ignored.write(out);
    }
  }

  /** How many bytes {@link #encode} writes. */
  default int encodedLength() {
    int ignored = this instanceof EndOfList end ? end.ignored.length() : 0;
    return HEADER_LENGTH + value().length() + ignored;
  }

  private static ByteString utf8(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
