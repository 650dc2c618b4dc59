package dev.zuido.pppoe.ppp;

/** IPv6CP's options (RFC 5072 section 4). */
public sealed interface Ipv6cpOption {
  /** Type of {@link InterfaceIdentifier}. */
  int INTERFACE_IDENTIFIER = 1;

  /** The option on the wire; the inverse of {@link #of}. */
  ConfigurationOption toOption();

  /**
   * What an option says. One of another type, or of a length that its type cannot have, is {@link
   * Unknown}.
   */
  static Ipv6cpOption of(ConfigurationOption option) {
    return option.type() == INTERFACE_IDENTIFIER && option.data().length() == Long.BYTES
        ? new InterfaceIdentifier(option.number(0, Long.BYTES))
        : new Unknown(option);
  }

  /**
   * Interface-Identifier (RFC 5072 section 4.1).
   *
   * @param value the low 64 bits of the sender's link-local address; 0 asks for one
   */
  record InterfaceIdentifier(long value) implements Ipv6cpOption {
    @Override
    public ConfigurationOption toOption() {
      return ConfigurationOption.ofNumber(INTERFACE_IDENTIFIER, value, Long.BYTES);
    }
  }

  /**
   * Any other option.
   *
   * @param option as it came
   */
  record Unknown(ConfigurationOption option) implements Ipv6cpOption {
    @Override
    public ConfigurationOption toOption() {
      return option;
    }
  }
}
