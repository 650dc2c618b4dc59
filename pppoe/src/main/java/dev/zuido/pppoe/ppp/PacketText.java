package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Packets of the negotiation in words. Secrets and hashes do not occur. */
final class PacketText {
  /** Characters of a peer's text that are shown. */
  static final int MAX_TEXT = 128;

  private static final List<String> CODES =
      List.of(
          "CONFREQ", "CONFACK", "CONFNAK", "CONFREJ", "TERMREQ", "TERMACK", "CODEREJ", "PROTREJ");

  private PacketText() {}

  /** The name of a protocol that has control packets. */
  static String name(int protocol) {
    return switch (protocol) {
      case PppProtocol.LCP -> "LCP";
      case PppProtocol.IPCP -> "IPCP";
      case PppProtocol.IPV6CP -> "IPV6CP";
      case PppProtocol.CHAP -> "CHAP";
      case PppProtocol.PAP -> "PAP";
      default -> String.format(Locale.ROOT, "protocol 0x%04x", protocol);
    };
  }

  /** A peer's free text: printable ASCII, everything else as a dot, at most 128 characters. */
  static String printable(ByteString text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), MAX_TEXT); i++) {
      int value = text.byteAt(i) & 0xff;
      out.append(value >= 32 && value < 127 ? (char) value : '.');
    }
    return out.toString();
  }

  static String printable(String text) {
    return printable(ByteString.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** One line; null for what is no negotiation: echoes and Discard-Requests. */
  static @Nullable String of(int protocol, ControlPacket packet) {
    String head = name(protocol) + " ";
    String identifier = " id " + packet.identifier();
    try {
      if (protocol == PppProtocol.CHAP) {
        return head + chap(ChapPacket.of(packet), identifier);
      }
      if (protocol == PppProtocol.PAP) {
        return head + pap(PapPacket.of(packet), identifier);
      }
      int code = packet.code();
      if (protocol == PppProtocol.LCP
          && code >= ControlCode.ECHO_REQUEST
          && code <= ControlCode.DISCARD_REQUEST) {
        return null;
      }
      boolean known =
          code >= ControlCode.CONFIGURE_REQUEST
              && (code <= ControlCode.CODE_REJECT
                  || (code == ControlCode.PROTOCOL_REJECT && protocol == PppProtocol.LCP));
      String name = known ? CODES.get(code - 1) : "code " + code;
      return head + name + identifier + details(protocol, packet);
    } catch (MalformedPacketException malformed) {
      return head + "code " + packet.code() + identifier + " malformed";
    }
  }

  private static String chap(ChapPacket packet, String identifier) {
    if (packet instanceof ChapPacket.Challenge challenge) {
      return "CHALLENGE" + identifier + " from " + quoted(challenge.name());
    }
    if (packet instanceof ChapPacket.Response response) {
      return "RESPONSE" + identifier + " from " + quoted(response.name());
    }
    if (packet instanceof ChapPacket.Success success) {
      return "SUCCESS" + identifier + message(success.message());
    }
    return "FAILURE" + identifier + message(((ChapPacket.Failure) packet).message());
  }

  private static String pap(PapPacket packet, String identifier) {
    if (packet instanceof PapPacket.AuthenticateRequest request) {
      return "AUTH-REQ" + identifier + " from " + quoted(request.peerId());
    }
    if (packet instanceof PapPacket.AuthenticateAck ack) {
      return "AUTH-ACK" + identifier + message(ack.message());
    }
    return "AUTH-NAK" + identifier + message(((PapPacket.AuthenticateNak) packet).message());
  }

  private static String details(int protocol, ControlPacket packet)
      throws MalformedPacketException {
    switch (packet.code()) {
      case ControlCode.CONFIGURE_REQUEST,
          ControlCode.CONFIGURE_ACK,
          ControlCode.CONFIGURE_NAK,
          ControlCode.CONFIGURE_REJECT -> {
        List<ConfigurationOption> options = ConfigurationOption.decodeAll(packet.data());
        return options.isEmpty()
            ? ""
            : options.stream()
                .limit(MAX_TEXT / 4)
                .map(option -> option(protocol, option))
                .collect(Collectors.joining(", ", " ", ""));
      }
      case ControlCode.TERMINATE_REQUEST, ControlCode.TERMINATE_ACK -> {
        return message(packet.data());
      }
      case ControlCode.CODE_REJECT -> {
        return packet.data().isEmpty() ? "" : " code " + (packet.data().byteAt(0) & 0xff);
      }
      case ControlCode.PROTOCOL_REJECT -> {
        return packet.data().length() < 2
            ? ""
            : String.format(
                Locale.ROOT, " protocol 0x%04x", ConfigurationOption.number(packet.data(), 0, 2));
      }
      default -> {
        return "";
      }
    }
  }

  private static String option(int protocol, ConfigurationOption option) {
    return switch (protocol) {
      case PppProtocol.LCP -> lcp(LcpOption.of(option));
      case PppProtocol.IPCP -> ipcp(IpcpOption.of(option));
      default -> ipv6cp(Ipv6cpOption.of(option));
    };
  }

  private static String lcp(LcpOption option) {
    if (option instanceof LcpOption.MaximumReceiveUnit unit) {
      return "MRU " + unit.bytes();
    }
    if (option instanceof LcpOption.MagicNumber number) {
      return String.format(Locale.ROOT, "MagicNumber 0x%08X", number.value());
    }
    if (option instanceof LcpOption.Authentication authentication) {
      AuthenticationProtocol known = authentication.known();
      return "AuthProto "
          + (known == null
              ? String.format(
                  Locale.ROOT, "0x%04x%s", authentication.protocol(), authentication.data())
              : known == AuthenticationProtocol.PAP ? "PAP" : "CHAP");
    }
    if (option instanceof LcpOption.Quality quality) {
      return String.format(Locale.ROOT, "QualityProto 0x%04x", quality.protocol());
    }
    if (option instanceof LcpOption.ProtocolFieldCompression) {
      return "PFC";
    }
    if (option instanceof LcpOption.AddressAndControlFieldCompression) {
      return "ACFC";
    }
    return unknown(option.toOption());
  }

  private static String ipcp(IpcpOption option) {
    if (option instanceof IpcpOption.IpAddress ip) {
      return "Address " + ip.address();
    }
    if (option instanceof IpcpOption.PrimaryDns server) {
      return "PrimaryDNS " + server.address();
    }
    if (option instanceof IpcpOption.SecondaryDns server) {
      return "SecondaryDNS " + server.address();
    }
    if (option instanceof IpcpOption.PrimaryNbns server) {
      return "PrimaryWINS " + server.address();
    }
    if (option instanceof IpcpOption.SecondaryNbns server) {
      return "SecondaryWINS " + server.address();
    }
    return unknown(option.toOption());
  }

  private static String ipv6cp(Ipv6cpOption option) {
    if (option instanceof Ipv6cpOption.InterfaceIdentifier identifier) {
      long value = identifier.value();
      return String.format(
          Locale.ROOT,
          "Interface-Id %04X:%04X:%04X:%04X",
          value >>> 48,
          value >>> 32 & 0xffff,
          value >>> 16 & 0xffff,
          value & 0xffff);
    }
    return unknown(option.toOption());
  }

  private static String unknown(ConfigurationOption option) {
    return "option " + option.type() + " " + option.data();
  }

  private static String quoted(ByteString name) {
    return "\"" + printable(name) + "\"";
  }

  private static String message(ByteString message) {
    return message.isEmpty() ? "" : " msg " + quoted(message);
  }
}
