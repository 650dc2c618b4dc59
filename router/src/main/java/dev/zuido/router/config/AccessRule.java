package dev.zuido.router.config;

import dev.zuido.wire.IpProtocol;
import java.util.OptionalInt;

/**
 * A rule of an access list. It matches a packet if all its parts match.
 *
 * @param sequence the place in the list, 1 to 2147483647
 * @param permit whether a match is permitted
 * @param protocol the IP protocol, 0 to 255; empty for every one ({@code ip})
 * @param source the source addresses
 * @param sourcePorts the source ports, of TCP and UDP
 * @param destination the destination addresses
 * @param destinationPorts the destination ports, of TCP and UDP
 * @param icmpType the type, of ICMP
 * @param icmpCode the code, of ICMP; only with a type
 * @param established whether only TCP segments with ACK or RST match
 * @param fragments whether only fragments other than the first match
 * @param log whether matches are logged
 */
public record AccessRule(
    long sequence,
    boolean permit,
    OptionalInt protocol,
    AddressMatch source,
    PortMatch sourcePorts,
    AddressMatch destination,
    PortMatch destinationPorts,
    OptionalInt icmpType,
    OptionalInt icmpCode,
    boolean established,
    boolean fragments,
    boolean log)
    implements AccessEntry {
  /** The last sequence number. */
  public static final long LAST_SEQUENCE = Integer.MAX_VALUE;

  /** Checks what the protocol allows. */
  public AccessRule {
    Checks.range("a sequence number", sequence, 1, LAST_SEQUENCE);
    protocol.ifPresent(value -> Checks.range("a protocol", value, 0, 255));
    int number = protocol.orElse(-1);
    boolean ports =
        sourcePorts.operator() != PortMatch.Operator.ANY
            || destinationPorts.operator() != PortMatch.Operator.ANY;
    if (ports && number != IpProtocol.TCP && number != IpProtocol.UDP) {
      throw new IllegalArgumentException("only TCP and UDP have ports");
    }
    if (established && number != IpProtocol.TCP) {
      throw new IllegalArgumentException("only TCP is established");
    }
    if (icmpType.isPresent() && number != IpProtocol.ICMP) {
      throw new IllegalArgumentException("only ICMP has a type");
    }
    if (icmpCode.isPresent() && icmpType.isEmpty()) {
      throw new IllegalArgumentException("an ICMP code wants a type");
    }
    if (fragments && (ports || established || icmpType.isPresent())) {
      throw new IllegalArgumentException("a fragment other than the first shows no ports or type");
    }
  }

  /** A rule for everything between two sets of addresses. */
  public static AccessRule of(
      long sequence,
      boolean permit,
      OptionalInt protocol,
      AddressMatch source,
      AddressMatch destination) {
    return new AccessRule(
        sequence,
        permit,
        protocol,
        source,
        PortMatch.ANY,
        destination,
        PortMatch.ANY,
        OptionalInt.empty(),
        OptionalInt.empty(),
        false,
        false,
        false);
  }

  /** The same at another place. */
  public AccessRule withSequence(long value) {
    return new AccessRule(
        value,
        permit,
        protocol,
        source,
        sourcePorts,
        destination,
        destinationPorts,
        icmpType,
        icmpCode,
        established,
        fragments,
        log);
  }

  /** The rule as an extended list has it, without the sequence number. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(permit ? "permit " : "deny ");
    text.append(protocol.isEmpty() ? "ip" : protocolName(protocol.getAsInt()));
    text.append(' ').append(source);
    append(text, sourcePorts.toString());
    text.append(' ').append(destination);
    append(text, destinationPorts.toString());
    icmpType.ifPresent(type -> text.append(' ').append(type));
    icmpCode.ifPresent(code -> text.append(' ').append(code));
    append(text, established ? "established" : "");
    append(text, fragments ? "fragments" : "");
    append(text, log ? "log" : "");
    return text.toString();
  }

  /** The rule as a standard list has it, without the sequence number. */
  public String toStandardString() {
    return (permit ? "permit " : "deny ") + source + (log ? " log" : "");
  }

  /** A name where IOS has one for an access list of IPv4, else the number. */
  private static String protocolName(int number) {
    return switch (number) {
      case IpProtocol.IPV6, IpProtocol.ICMPV6 -> Integer.toString(number);
      default -> IpProtocol.name(number);
    };
  }

  private static void append(StringBuilder text, String part) {
    if (!part.isEmpty()) {
      text.append(' ').append(part);
    }
  }
}
