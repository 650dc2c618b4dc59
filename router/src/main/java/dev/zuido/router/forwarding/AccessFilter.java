package dev.zuido.router.forwarding;

import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.AddressMatch;
import dev.zuido.router.config.PortMatch;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * An access list at work, with a counter per rule.
 *
 * <p>The first rule that matches decides; a packet that no rule matches is denied. A fragment
 * behind the first shows no ports, flags or ICMP type: a permitting rule that asks for them matches
 * it by its addresses and protocol alone, a denying one does not match it, as IOS does it.
 */
public final class AccessFilter {
  private static final int TCP_FLAGS_OF_ESTABLISHED = 0x14;

  private final AccessList list;
  private final AccessRule[] rules;
  private final AtomicLongArray matches;

  /** Puts a list to work, its counters at 0. */
  public AccessFilter(AccessList list) {
    this.list = list;
    this.rules = list.rules().toArray(new AccessRule[0]);
    this.matches = new AtomicLongArray(rules.length + 1);
  }

  /** The list. */
  public AccessList list() {
    return list;
  }

  /**
   * Whether a packet is permitted. It is counted.
   *
   * @param bytes an array with a packet that {@link Ipv4Fields#isWellFormed} has approved
   * @param offset where its IPv4 header starts
   */
  public boolean permits(byte[] bytes, int offset) {
    for (int i = 0; i < rules.length; i++) {
      if (matches(rules[i], bytes, offset)) {
        count(i);
        return rules[i].permit();
      }
    }
    count(rules.length);
    return false;
  }

  /** How many packets the rule at an index of {@link AccessList#rules()} has decided about. */
  public long matches(int rule) {
    return matches.getOpaque(rule);
  }

  /** How many packets no rule matched: they were denied. */
  public long unmatched() {
    return matches.getOpaque(rules.length);
  }

  private void count(int cell) {
    matches.setOpaque(cell, matches.getPlain(cell) + 1);
  }

  private static boolean matches(AccessRule rule, byte[] bytes, int offset) {
    if (rule.protocol().isPresent()
        && rule.protocol().getAsInt() != Ipv4Fields.protocol(bytes, offset)) {
      return false;
    }
    if (!matches(rule.source(), Ipv4Fields.source(bytes, offset))
        || !matches(rule.destination(), Ipv4Fields.destination(bytes, offset))) {
      return false;
    }
    boolean laterFragment = Ipv4Fields.fragmentOffset(bytes, offset) != 0;
    if (rule.fragments()) {
      return laterFragment;
    }
    if (!asksForTransport(rule)) {
      return true;
    }
    return laterFragment ? rule.permit() : matchesTransport(rule, bytes, offset);
  }

  private static boolean matches(AddressMatch match, int address) {
    return match.matches(address);
  }

  private static boolean asksForTransport(AccessRule rule) {
    return rule.established()
        || rule.icmpType().isPresent()
        || rule.sourcePorts().operator() != PortMatch.Operator.ANY
        || rule.destinationPorts().operator() != PortMatch.Operator.ANY;
  }

  private static boolean matchesTransport(AccessRule rule, byte[] bytes, int offset) {
    int transport = offset + Ipv4Fields.headerLength(bytes, offset);
    int length = offset + Ipv4Fields.totalLength(bytes, offset) - transport;
    if (Ipv4Fields.protocol(bytes, offset) == IpProtocol.ICMP) {
      return length >= 2
          && rule.icmpType().orElse(-1) == (bytes[transport] & 0xff)
          && (rule.icmpCode().isEmpty()
              || rule.icmpCode().getAsInt() == (bytes[transport + 1] & 0xff));
    }
    if (length < 4
        || !rule.sourcePorts().matches(BigEndian.getUnsignedShort(bytes, transport))
        || !rule.destinationPorts().matches(BigEndian.getUnsignedShort(bytes, transport + 2))) {
      return false;
    }
    return !rule.established()
        || (length >= 14 && (bytes[transport + 13] & TCP_FLAGS_OF_ESTABLISHED) != 0);
  }
}
