package dev.zuido.esp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the first of many policies that decides about a packet, without a look at each.
 *
 * <p>It is a tree. A node divides its policies by one of the packet's fields: each policy lies in
 * the longest prefix that holds its whole range of that field, and of each length of prefix there
 * is a hash table. A packet visits the one prefix of each length that it lies in, so that no policy
 * that may decide about it is left out; what the prefixes leave open is looked at in the policies
 * themselves. Each policy is in the tree once. Subtrees whose first policy stands behind one that
 * was found are not visited.
 */
final class PolicyIndex {
  /** No policy decides. */
  static final int NONE = Integer.MAX_VALUE;

  /** So few policies are looked at one after the other. */
  private static final int LEAF = 8;

  /** What visiting a hash table costs, in looks at a policy. */
  private static final int TABLE_COST = 2;

  /** Which packets an index is for: those that show all, no ports, or not even the protocol. */
  enum Kind {
    /** Packets that show ports, or type and code. */
    PORTS(PolicyField.values().length),
    /** Packets that show their protocol only. */
    PROTOCOL(3),
    /** Packets that show their addresses only. */
    ADDRESSES(2);

    private final int fields;

    Kind(int fields) {
      this.fields = fields;
    }

    /** Whether a policy can decide about a packet of this kind. */
    boolean admits(SecurityPolicy policy) {
      TrafficSelector selector = policy.selector();
      boolean selective =
          selector.localPorts().isSelective() || selector.remotePorts().isSelective();
      boolean opaque = selector.localPorts().isOpaque() || selector.remotePorts().isOpaque();
      boolean anyProtocol = selector.protocol() == TrafficSelector.ANY_PROTOCOL;
      boolean strict = policy.action() != PolicyAction.BYPASS;
      return switch (this) {
        case PORTS -> !opaque && (anyProtocol || UpperLayer.hasPorts(selector.protocol()));
        case PROTOCOL -> !selective || strict;
        case ADDRESSES -> anyProtocol || strict;
      };
    }
  }

  /** Policies that a packet may be for, or tables of further nodes. */
  private static final class Node {
    final int first;
    final int[] policies;
    final PolicyField field;
    final PrefixTable[] tables;

    Node(int[] policies, PolicyField field, PrefixTable[] tables) {
      this.first = policies.length == 0 ? NONE : policies[0];
      this.policies = tables.length == 0 ? policies : new int[0];
      this.field = field;
      this.tables = tables;
    }
  }

  /** The nodes of all prefixes of one length. */
  private static final class PrefixTable {
    final int first;
    final long maskHigh;
    final long maskLow;
    final long[] keys;
    final @Nullable Node[] nodes;

    PrefixTable(int length, Map<Prefix, Node> children) {
      maskHigh = PolicyField.maskHigh(length);
      maskLow = PolicyField.maskLow(length);
      int slots = Integer.highestOneBit(children.size()) << 2;
      keys = new long[2 * slots];
      nodes = new @Nullable Node[slots];
      int lowest = NONE;
      for (Map.Entry<Prefix, Node> child : children.entrySet()) {
        Prefix prefix = child.getKey();
        int slot = slotOf(prefix.high, prefix.low);
        while (nodes[slot] != null) {
          slot = slot + 1 & slots - 1;
        }
        keys[2 * slot] = prefix.high;
        keys[2 * slot + 1] = prefix.low;
        nodes[slot] = child.getValue();
        lowest = Math.min(lowest, child.getValue().first);
      }
      first = lowest;
    }

    @Nullable Node find(long valueHigh, long valueLow) {
      long high = valueHigh & maskHigh;
      long low = valueLow & maskLow;
      int slot = slotOf(high, low);
      Node node;
      while ((node = nodes[slot]) != null
          && (keys[2 * slot] != high || keys[2 * slot + 1] != low)) {
        slot = slot + 1 & nodes.length - 1;
      }
      return node;
    }

    private int slotOf(long high, long low) {
      long hash = (high ^ Long.rotateLeft(low, 29)) * 0x9e37_79b9_7f4a_7c15L;
      return (int) (hash >>> 40) & nodes.length - 1;
    }
  }

  /** The longest prefix that holds the whole range of a policy's field. */
  private record Prefix(int length, long high, long low) {}

  private final SecurityPolicy[] ordered;
  private final boolean ipv6;
  private final Node root;

  /**
   * Builds an index.
   *
   * @param ordered all policies of the database
   * @param ipv6 whether it is for IPv6 packets, or else for IPv4
   * @param kind what the packets show
   */
  PolicyIndex(SecurityPolicy[] ordered, boolean ipv6, Kind kind) {
    this.ordered = ordered;
    this.ipv6 = ipv6;
    int[] admitted = new int[ordered.length];
    int count = 0;
    for (int i = 0; i < ordered.length; i++) {
      AddressRange local = ordered[i].selector().local();
      AddressRange remote = ordered[i].selector().remote();
      boolean version =
          ipv6 ? local.hasIpv6() && remote.hasIpv6() : local.hasIpv4() && remote.hasIpv4();
      if (version && kind.admits(ordered[i])) {
        admitted[count++] = i;
      }
    }
    List<PolicyField> fields = List.of(PolicyField.values()).subList(0, kind.fields);
    this.root = build(Arrays.copyOf(admitted, count), fields);
  }

  private Node build(int[] policies, List<PolicyField> fields) {
    PolicyField best = policies.length > LEAF ? bestField(policies, fields) : null;
    if (best == null) {
      return new Node(policies, PolicyField.REMOTE, new PrefixTable[0]);
    }
    Map<Prefix, List<Integer>> groups = new HashMap<>();
    for (int policy : policies) {
      groups.computeIfAbsent(prefix(policy, best), key -> new ArrayList<>()).add(policy);
    }
    List<PolicyField> rest = new ArrayList<>(fields);
    rest.remove(best);
    Map<Integer, Map<Prefix, Node>> byLength = new HashMap<>();
    for (Map.Entry<Prefix, List<Integer>> group : groups.entrySet()) {
      int[] members = group.getValue().stream().mapToInt(Integer::intValue).toArray();
      byLength
          .computeIfAbsent(group.getKey().length, length -> new HashMap<>())
          .put(group.getKey(), build(members, rest));
    }
    List<PrefixTable> tables = new ArrayList<>();
    byLength.forEach((length, children) -> tables.add(new PrefixTable(length, children)));
    tables.sort((one, other) -> Integer.compare(one.first, other.first));
    return new Node(policies, best, tables.toArray(new PrefixTable[0]));
  }

  /** The field that leaves the fewest policies to be looked at, or null if none helps. */
  private @Nullable PolicyField bestField(int[] policies, List<PolicyField> fields) {
    PolicyField best = null;
    int lowest = policies.length;
    PrefixCounter counter = new PrefixCounter(policies.length);
    for (PolicyField field : fields) {
      counter.clear();
      for (int policy : policies) {
        TrafficSelector selector = ordered[policy].selector();
        int length = length(selector, field);
        counter.add(
            length,
            field.firstHigh(selector, ipv6) & PolicyField.maskHigh(length),
            field.firstLow(selector) & PolicyField.maskLow(length));
      }
      int worst = counter.worst(TABLE_COST);
      if (worst < lowest) {
        lowest = worst;
        best = field;
      }
    }
    return best;
  }

  private int length(TrafficSelector selector, PolicyField field) {
    long different = field.firstHigh(selector, ipv6) ^ field.lastHigh(selector, ipv6);
    return different != 0
        ? Long.numberOfLeadingZeros(different)
        : 64 + Long.numberOfLeadingZeros(field.firstLow(selector) ^ field.lastLow(selector));
  }

  private Prefix prefix(int policy, PolicyField field) {
    TrafficSelector selector = ordered[policy].selector();
    int length = length(selector, field);
    return new Prefix(
        length,
        field.firstHigh(selector, ipv6) & PolicyField.maskHigh(length),
        field.firstLow(selector) & PolicyField.maskLow(length));
  }

  /** The place of the first policy that decides about a packet, or {@link #NONE}. */
  int find(FlowKey key) {
    return find(root, key, NONE);
  }

  private int find(Node node, FlowKey key, int best) {
    for (int policy : node.policies) {
      if (policy >= best) {
        return best;
      }
      if (key.isFor(ordered[policy])) {
        return policy;
      }
    }
    int found = best;
    if (node.tables.length != 0) {
      long high = node.field.high(key);
      long low = node.field.low(key);
      for (PrefixTable table : node.tables) {
        if (table.first >= found) {
          break;
        }
        Node child = table.find(high, low);
        if (child != null && child.first < found) {
          found = find(child, key, found);
        }
      }
    }
    return found;
  }
}
