package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;

/** IPCP's options (RFC 1332 section 3, RFC 1877). */
public sealed interface IpcpOption {
  /** Type of the deprecated IP-Addresses (RFC 1332 section 3.1), which is never negotiated. */
  int IP_ADDRESSES = 1;

  /** Type of IP-Compression-Protocol (RFC 1332 section 3.2), which is never negotiated. */
  int IP_COMPRESSION_PROTOCOL = 2;

  /** Type of {@link IpAddress}. */
  int IP_ADDRESS = 3;

  /** Type of {@link PrimaryDns}. */
  int PRIMARY_DNS = 129;

  /** Type of {@link PrimaryNbns}. */
  int PRIMARY_NBNS = 130;

  /** Type of {@link SecondaryDns}. */
  int SECONDARY_DNS = 131;

  /** Type of {@link SecondaryNbns}. */
  int SECONDARY_NBNS = 132;

  /** The option on the wire; the inverse of {@link #of}. */
  ConfigurationOption toOption();

  /**
   * What an option says. One of another type, or of a length that its type cannot have, is {@link
   * Unknown}.
   */
  static IpcpOption of(ConfigurationOption option) {
    if (option.data().length() != Ipv4Address.LENGTH) {
      return new Unknown(option);
    }
    Ipv4Address address = new Ipv4Address((int) option.number(0, Ipv4Address.LENGTH));
    return switch (option.type()) {
      case IP_ADDRESS -> new IpAddress(address);
      case PRIMARY_DNS -> new PrimaryDns(address);
      case PRIMARY_NBNS -> new PrimaryNbns(address);
      case SECONDARY_DNS -> new SecondaryDns(address);
      case SECONDARY_NBNS -> new SecondaryNbns(address);
      default -> new Unknown(option);
    };
  }

  /**
   * IP-Address (RFC 1332 section 3.3).
   *
   * @param address the address of the sender; 0.0.0.0 asks for one
   */
  record IpAddress(Ipv4Address address) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ofAddress(IP_ADDRESS, address);
    }
  }

  /**
   * Primary DNS Server Address (RFC 1877 section 1.1).
   *
   * @param address the server; 0.0.0.0 asks for one
   */
  record PrimaryDns(Ipv4Address address) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ofAddress(PRIMARY_DNS, address);
    }
  }

  /**
   * Primary NBNS Server Address (RFC 1877 section 1.2).
   *
   * @param address the server
   */
  record PrimaryNbns(Ipv4Address address) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ofAddress(PRIMARY_NBNS, address);
    }
  }

  /**
   * Secondary DNS Server Address (RFC 1877 section 1.3).
   *
   * @param address the server; 0.0.0.0 asks for one
   */
  record SecondaryDns(Ipv4Address address) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ofAddress(SECONDARY_DNS, address);
    }
  }

  /**
   * Secondary NBNS Server Address (RFC 1877 section 1.4).
   *
   * @param address the server
   */
  record SecondaryNbns(Ipv4Address address) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return ofAddress(SECONDARY_NBNS, address);
    }
  }

  /**
   * Any other option.
   *
   * @param option as it came
   */
  record Unknown(ConfigurationOption option) implements IpcpOption {
    @Override
    public ConfigurationOption toOption() {
      return option;
    }
  }

  private static ConfigurationOption ofAddress(int type, Ipv4Address address) {
    return ConfigurationOption.ofNumber(type, address.value(), Ipv4Address.LENGTH);
  }
}
