package dev.zuido.ike.message;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Messages in full for a person: each payload in its order, with the names of its fields and
 * values. It needs nothing but the decoded message.
 *
 * <pre>
 * ISAKMP 5f3c8a…/0000000000000000, Identity Protection, message ID 0x00000000, 108 bytes
 *   SA: DOI IPSEC, situation SIT_IDENTITY_ONLY, 1 proposal
 *     proposal 1: PROTO_ISAKMP, no SPI, 1 transform
 *       transform 1: KEY_IKE, Encryption Algorithm 3DES-CBC, Hash Algorithm MD5, …
 *   VID: Dead Peer Detection
 * </pre>
 *
 * <p>Never shown, but for their lengths: public Diffie-Hellman values, nonces, hashes, signatures,
 * the attributes of the configuration method (which carry XAUTH's passwords) and payloads of
 * unknown types. What else a peer sends is shown within bounds: 64 bytes of opaque data, 256
 * characters of a name, 64 transforms, 16 SPIs. Numbers without a name appear as numbers. Names are
 * escaped: no line has a character that is not visible ASCII.
 */
public final class MessageText {
  private static final int MAX_SPIS = 16;
  private static final int SPI_LENGTH = 4;
  private static final int SEQUENCE_LENGTH = 4;

  private MessageText() {}

  /** A message: its header, and its payloads by {@link #of(Payload)} with two spaces before. */
  public static List<String> of(IsakmpMessage message) {
    List<String> lines = new ArrayList<>();
    lines.add(header(message.header()));
    for (Payload payload : message.payloads()) {
      of(payload).forEach(line -> lines.add("  " + line));
    }
    int padding = message.chain().padding().length();
    if (padding > 0) {
      lines.add("  padding: " + SafeText.count(padding, "byte"));
    }
    return lines;
  }

  /** A header in one line. */
  public static String header(IsakmpHeader header) {
    String flags = flags(header.flags());
    return "ISAKMP "
        + header.initiatorCookie()
        + "/"
        + header.responderCookie()
        + ", "
        + numbered("exchange type ", ExchangeType.nameOf(header.exchangeType()))
        + (flags.isEmpty() ? "" : ", " + flags)
        + ", message ID 0x"
        + HexFormat.of().toHexDigits(header.messageId())
        + ", "
        + SafeText.count(header.length(), "byte");
  }

  /** The flags of a header by name; those without one as a number. Empty for none. */
  public static String flags(int flags) {
    return bits(
        flags,
        List.of("encrypted", "commit", "authentication only"),
        IsakmpHeader.FLAG_ENCRYPTION,
        IsakmpHeader.FLAG_COMMIT,
        IsakmpHeader.FLAG_AUTHENTICATION_ONLY);
  }

  /** The situation of an SA payload by name; bits without one as a number. Empty for none. */
  public static String situation(int situation) {
    return bits(
        situation,
        List.of("SIT_IDENTITY_ONLY", "SIT_SECRECY", "SIT_INTEGRITY"),
        SecurityAssociation.SIT_IDENTITY_ONLY,
        SecurityAssociation.SIT_SECRECY,
        SecurityAssociation.SIT_INTEGRITY);
  }

  private static String bits(int value, List<String> names, int... masks) {
    List<String> parts = new ArrayList<>();
    int rest = value;
    for (int i = 0; i < masks.length; i++) {
      if ((rest & masks[i]) != 0) {
        parts.add(names.get(i));
        rest &= ~masks[i];
      }
    }
    if (rest != 0) {
      parts.add("0x" + Integer.toHexString(rest));
    }
    return String.join(" ", parts);
  }

  /** A payload: a line, and for an SA payload more, indented, for its proposals and transforms. */
  public static List<String> of(Payload payload) {
    if (payload instanceof SecurityAssociation sa) {
      return SaText.of(sa);
    }
    String name = numbered("payload ", PayloadType.nameOf(payload.payloadType()));
    return List.of(name + ": " + describe(payload));
  }

  private static String describe(Payload payload) {
    if (payload instanceof Identification id) {
      return identity(id);
    }
    if (payload instanceof Notification notification) {
      return notification(notification);
    }
    if (payload instanceof Delete delete) {
      return delete(delete);
    }
    if (payload instanceof VendorId vendor) {
      return vendor.description();
    }
    if (payload instanceof NatDetection detection) {
      return SafeText.hex(detection.hash());
    }
    if (payload instanceof NatOriginalAddress original) {
      return original.address().toString();
    }
    if (payload instanceof Certificate certificate) {
      return CertificateText.of(certificate);
    }
    if (payload instanceof CertificateRequest request) {
      return CertificateText.of(request);
    }
    return payload instanceof Fragment fragment
        ? fragment(fragment)
        : SafeText.count(payload.bodyLength(), "byte");
  }

  private static String identity(Identification id) {
    return identity(id.identity())
        + (id.protocolId() == 0 && id.port() == 0
            ? ""
            : ", protocol " + protocol(id.protocolId()) + ", port " + port(id.port()));
  }

  private static String protocol(int number) {
    return number == 0 ? "any" : IpProtocol.name(number);
  }

  private static String port(int number) {
    return number == 0 ? "any" : Integer.toString(number);
  }

  /** An identity by its type and value; bytes that have no other form in hexadecimal. */
  public static String identity(Identity identity) {
    return numbered("ID type ", IdType.nameOf(identity.idType())) + " " + value(identity);
  }

  private static String value(Identity identity) {
    if (identity instanceof Identity.Ipv4 v4) {
      return v4.address().toString();
    }
    if (identity instanceof Identity.Ipv6 v6) {
      return v6.address().toString();
    }
    if (identity instanceof Identity.Ipv4Subnet subnet) {
      return subnet.address() + " mask " + subnet.mask();
    }
    if (identity instanceof Identity.Ipv6Subnet subnet) {
      return subnet.address() + " mask " + subnet.mask();
    }
    if (identity instanceof Identity.Ipv4Range range) {
      return range.first() + " to " + range.last();
    }
    if (identity instanceof Identity.Ipv6Range range) {
      return range.first() + " to " + range.last();
    }
    if (identity instanceof Identity.DistinguishedName name) {
      return CertificateText.distinguishedName(name.data());
    }
    return switch (identity.idType()) {
      case IdType.FQDN, IdType.USER_FQDN, IdType.KEY_ID -> SafeText.quoted(identity.data());
      default -> SafeText.hex(identity.data());
    };
  }

  private static String notification(Notification notification) {
    String spi = spi(notification.protocolId(), notification.spi());
    String data = notificationData(notification);
    return numbered("notify type ", NotifyType.nameOf(notification.notifyType()))
        + ", "
        + numbered("protocol ", ProtocolId.nameOf(notification.protocolId()))
        + (spi.isEmpty() ? "" : ", " + spi)
        + (notification.doi() == SecurityAssociation.DOI_IPSEC
            ? ""
            : ", DOI " + SaText.doi(notification.doi()))
        + (data.isEmpty() ? "" : ", " + data);
  }

  private static String notificationData(Notification notification) {
    ByteString data = notification.data();
    return switch (notification.notifyType()) {
      case NotifyType.R_U_THERE, NotifyType.R_U_THERE_ACK ->
          data.length() == SEQUENCE_LENGTH
              ? "sequence " + (BigEndian.getInt(data.toArray(), 0) & 0xffff_ffffL)
              : "no sequence number, but " + opaque(data);
      case NotifyType.RESPONDER_LIFETIME -> AttributeText.of(notification.protocolId(), data);
      case NotifyType.REPLAY_STATUS ->
          data.length() == SEQUENCE_LENGTH
              ? "replay detection "
                  + (BigEndian.getInt(data.toArray(), 0) == 0 ? "disabled" : "enabled")
              : opaque(data);
      case NotifyType.INVALID_SPI ->
          data.length() == SPI_LENGTH ? "the unknown SPI is 0x" + data : opaque(data);
      default -> opaque(data);
    };
  }

  private static String opaque(ByteString data) {
    return data.isEmpty() ? "" : "data " + SafeText.hex(data);
  }

  private static String delete(Delete delete) {
    StringBuilder text =
        new StringBuilder(numbered("protocol ", ProtocolId.nameOf(delete.protocolId())));
    for (ByteString spi : delete.spis().subList(0, Math.min(MAX_SPIS, delete.spis().size()))) {
      text.append(", ").append(spi(delete.protocolId(), spi));
    }
    int more = delete.spis().size() - MAX_SPIS;
    return text + (more > 0 ? ", and " + more + " more" : "");
  }

  /** An SPI: of an ISAKMP SA the two cookies. Empty for none. */
  static String spi(int protocolId, ByteString spi) {
    if (spi.isEmpty()) {
      return "";
    }
    return protocolId == ProtocolId.ISAKMP && spi.length() == 2 * Cookie.LENGTH
        ? "cookies " + spi.slice(0, Cookie.LENGTH) + "/" + spi.slice(Cookie.LENGTH, Cookie.LENGTH)
        : "SPI 0x" + SafeText.hex(spi);
  }

  private static String fragment(Fragment fragment) {
    int others = fragment.flags() & ~Fragment.FLAG_LAST;
    return "number "
        + fragment.number()
        + " of message "
        + fragment.id()
        + (fragment.isLast() ? ", the last" : "")
        + (others == 0 ? "" : ", flags 0x" + Integer.toHexString(others))
        + ", "
        + SafeText.count(fragment.data().length(), "byte");
  }

  /** A name, or behind a word the number that stands for it where there is none. */
  static String numbered(String word, String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9') ? word + name : name;
  }
}
