package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/** Data attributes for a person, by the names of their classes and values. */
final class AttributeText {
  private AttributeText() {}

  /** The attributes of a protocol's transform, in their order. */
  static String of(int protocolId, List<DataAttribute> attributes) {
    List<String> parts = new ArrayList<>(attributes.size());
    for (DataAttribute attribute : attributes) {
      parts.add(of(protocolId, attribute));
    }
    return String.join(", ", parts);
  }

  /**
   * Attributes that stand alone, as in a RESPONDER-LIFETIME (RFC 2407 section 4.6.3.1); what is
   * none appears in hexadecimal.
   */
  static String of(int protocolId, ByteString data) {
    List<DataAttribute> attributes = new ArrayList<>();
    ByteBuf in = Unpooled.wrappedBuffer(data.toArray());
    try {
      while (in.isReadable() && attributes.size() < Transform.MAX_ATTRIBUTES) {
        attributes.add(DataAttribute.decode(in));
      }
    } catch (MalformedPacketException e) {
      return "data that are no attributes: " + SafeText.hex(data);
    }
    return of(protocolId, attributes) + (in.isReadable() ? ", and more" : "");
  }

  private static String of(int protocolId, DataAttribute attribute) {
    String name =
        protocolId == ProtocolId.ISAKMP
            ? PhaseOneAttribute.nameOf(attribute.type())
            : IpsecAttribute.nameOf(attribute.type());
    IntFunction<String> values =
        protocolId == ProtocolId.ISAKMP
            ? phaseOneValues(attribute.type())
            : phaseTwoValues(attribute.type());
    String known = name.equals(Integer.toString(attribute.type())) ? "attribute " + name : name;
    return known + " " + value(attribute, values);
  }

  private static IntFunction<String> phaseOneValues(int type) {
    return switch (type) {
      case PhaseOneAttribute.ENCRYPTION_ALGORITHM -> PhaseOneAttribute.Encryption::nameOf;
      case PhaseOneAttribute.HASH_ALGORITHM -> PhaseOneAttribute.HashAlgorithm::nameOf;
      case PhaseOneAttribute.AUTHENTICATION_METHOD -> PhaseOneAttribute.Authentication::nameOf;
      case PhaseOneAttribute.GROUP_DESCRIPTION -> AttributeText::group;
      case PhaseOneAttribute.GROUP_TYPE -> PhaseOneAttribute.GroupType::nameOf;
      case PhaseOneAttribute.LIFE_TYPE -> PhaseOneAttribute.LifeType::nameOf;
      default -> Integer::toString;
    };
  }

  private static IntFunction<String> phaseTwoValues(int type) {
    return switch (type) {
      case IpsecAttribute.SA_LIFE_TYPE -> IpsecAttribute.LifeType::nameOf;
      case IpsecAttribute.GROUP_DESCRIPTION -> AttributeText::group;
      case IpsecAttribute.ENCAPSULATION_MODE -> IpsecAttribute.EncapsulationMode::nameOf;
      case IpsecAttribute.AUTHENTICATION_ALGORITHM -> IpsecAttribute.Authentication::nameOf;
      case IpsecAttribute.EXTENDED_SEQUENCE_NUMBER -> IpsecAttribute.SequenceNumber::nameOf;
      default -> Integer::toString;
    };
  }

  private static String value(DataAttribute attribute, IntFunction<String> names) {
    OptionalLong number = attribute.number();
    if (number.isPresent()) {
      long value = number.getAsLong();
      return value <= 0xffff ? names.apply((int) value) : Long.toString(value);
    }
    return attribute instanceof DataAttribute.Variable variable && !variable.value().isEmpty()
        ? "0x" + SafeText.hex(variable.value())
        : "without a value";
  }

  /** Diffie-Hellman groups by IANA's registry. */
  private static String group(int number) {
    String name =
        switch (number) {
          case 1 -> "MODP 768";
          case 2 -> "MODP 1024";
          case 5 -> "MODP 1536";
          case 14 -> "MODP 2048";
          case 15 -> "MODP 3072";
          case 16 -> "MODP 4096";
          case 17 -> "MODP 6144";
          case 18 -> "MODP 8192";
          case 19 -> "ECP 256";
          case 20 -> "ECP 384";
          case 21 -> "ECP 521";
          case 22 -> "MODP 1024 with a subgroup of 160 bits";
          case 23 -> "MODP 2048 with a subgroup of 224 bits";
          case 24 -> "MODP 2048 with a subgroup of 256 bits";
          case 25 -> "ECP 192";
          case 26 -> "ECP 224";
          case 31 -> "Curve25519";
          case 32 -> "Curve448";
          default -> "";
        };
    return name.isEmpty() ? Integer.toString(number) : number + " (" + name + ")";
  }
}
