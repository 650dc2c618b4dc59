package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import org.jspecify.annotations.Nullable;

/** LCP's options (RFC 1661 section 6). */
public sealed interface LcpOption {
  /** Type of {@link MaximumReceiveUnit}. */
  int MAXIMUM_RECEIVE_UNIT = 1;

  /** Type of {@link Authentication}. */
  int AUTHENTICATION_PROTOCOL = 3;

  /** Type of {@link Quality}. */
  int QUALITY_PROTOCOL = 4;

  /** Type of {@link MagicNumber}. */
  int MAGIC_NUMBER = 5;

  /** Type of {@link ProtocolFieldCompression}. */
  int PROTOCOL_FIELD_COMPRESSION = 7;

  /** Type of {@link AddressAndControlFieldCompression}. */
  int ADDRESS_AND_CONTROL_FIELD_COMPRESSION = 8;

  /** The option on the wire; the inverse of {@link #of}. */
  ConfigurationOption toOption();

  /**
   * What an option says. One of another type, or of a length that its type cannot have, is {@link
   * Unknown}.
   */
  static LcpOption of(ConfigurationOption option) {
    int length = option.data().length();
    return switch (option.type()) {
      case MAXIMUM_RECEIVE_UNIT ->
          length == 2 ? new MaximumReceiveUnit((int) option.number(0, 2)) : new Unknown(option);
      case AUTHENTICATION_PROTOCOL ->
          length >= 2
              ? new Authentication((int) option.number(0, 2), option.data().slice(2, length - 2))
              : new Unknown(option);
      case QUALITY_PROTOCOL ->
          length >= 2
              ? new Quality((int) option.number(0, 2), option.data().slice(2, length - 2))
              : new Unknown(option);
      case MAGIC_NUMBER ->
          length == 4 ? new MagicNumber((int) option.number(0, 4)) : new Unknown(option);
      case PROTOCOL_FIELD_COMPRESSION ->
          length == 0 ? new ProtocolFieldCompression() : new Unknown(option);
      case ADDRESS_AND_CONTROL_FIELD_COMPRESSION ->
          length == 0 ? new AddressAndControlFieldCompression() : new Unknown(option);
      default -> new Unknown(option);
    };
  }

  /**
   * Maximum-Receive-Unit (section 6.1).
   *
   * @param bytes the largest information field that its sender takes, 0 to 65535
   */
  record MaximumReceiveUnit(int bytes) implements LcpOption {
    /** Checks the range. */
    public MaximumReceiveUnit {
      requireUnsignedShort("the MRU", bytes);
    }

    @Override
    public ConfigurationOption toOption() {
      return ConfigurationOption.ofNumber(MAXIMUM_RECEIVE_UNIT, bytes, 2);
    }
  }

  /**
   * Authentication-Protocol (section 6.2): its sender demands a proof.
   *
   * @param protocol the number of the protocol, as in PPP's protocol field
   * @param data more, as the protocol says: CHAP has the algorithm here
   */
  record Authentication(int protocol, ByteString data) implements LcpOption {
    /** CHAP's number of MD5 (RFC 1994 section 3). */
    private static final ByteString MD5 = ByteString.of((byte) 5);

    /** Checks the range. */
    public Authentication {
      requireUnsignedShort("the protocol", protocol);
    }

    /** The option that demands a protocol. */
    public static Authentication of(AuthenticationProtocol protocol) {
      return switch (protocol) {
        case PAP -> new Authentication(PppProtocol.PAP, ByteString.EMPTY);
        case CHAP_MD5 -> new Authentication(PppProtocol.CHAP, MD5);
      };
    }

    /** The protocol that it demands, or null if it is one that we do not know. */
    public @Nullable AuthenticationProtocol known() {
      for (AuthenticationProtocol candidate : AuthenticationProtocol.values()) {
        if (equals(of(candidate))) {
          return candidate;
        }
      }
      return null;
    }

    @Override
    public ConfigurationOption toOption() {
      return withProtocol(AUTHENTICATION_PROTOCOL, protocol, data);
    }
  }

  /**
   * Quality-Protocol (section 6.3).
   *
   * @param protocol the number of the protocol, as in PPP's protocol field
   * @param data more, as the protocol says
   */
  record Quality(int protocol, ByteString data) implements LcpOption {
    /** Checks the range. */
    public Quality {
      requireUnsignedShort("the protocol", protocol);
    }

    @Override
    public ConfigurationOption toOption() {
      return withProtocol(QUALITY_PROTOCOL, protocol, data);
    }
  }

  /**
   * Magic-Number (section 6.4).
   *
   * @param value the number, 32 bits
   */
  record MagicNumber(int value) implements LcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ConfigurationOption.ofNumber(MAGIC_NUMBER, value, 4);
    }
  }

  /** Protocol-Field-Compression (section 6.5). */
  record ProtocolFieldCompression() implements LcpOption {
    @Override
    public ConfigurationOption toOption() {
      return new ConfigurationOption(PROTOCOL_FIELD_COMPRESSION, ByteString.EMPTY);
    }
  }

  /** Address-and-Control-Field-Compression (section 6.6). */
  record AddressAndControlFieldCompression() implements LcpOption {
    @Override
    public ConfigurationOption toOption() {
      return new ConfigurationOption(ADDRESS_AND_CONTROL_FIELD_COMPRESSION, ByteString.EMPTY);
    }
  }

  /**
   * Any other option.
   *
   * @param option as it came
   */
  record Unknown(ConfigurationOption option) implements LcpOption {
    @Override
    public ConfigurationOption toOption() {
      return option;
    }
  }

  private static void requireUnsignedShort(String what, int value) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(what + " is 0 to 65535, not " + value);
    }
  }

  private static ConfigurationOption withProtocol(int type, int protocol, ByteString data) {
    byte[] bytes = new byte[2 + data.length()];
    bytes[0] = (byte) (protocol >>> 8);
    bytes[1] = (byte) protocol;
    System.arraycopy(data.toArray(), 0, bytes, 2, data.length());
    return new ConfigurationOption(type, ByteString.of(bytes));
  }
}
