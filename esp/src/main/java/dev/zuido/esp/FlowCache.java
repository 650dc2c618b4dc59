package dev.zuido.esp;

/**
 * What a database has decided about flows lately. Its size is fixed and nothing is allocated; a
 * flow that is not there is looked up anew, so that forgetting one costs time and nothing else.
 *
 * <p>It is hashed with a secret, and looks at the four places of one bucket: traffic that is made
 * to collide costs no more than traffic that has not been seen before. A new flow takes a free
 * place of its bucket, or the place of one of the four by turns.
 *
 * <pre>
 *   IPv4:  | local, remote address | upper layer, decision |
 *   IPv6:  | local address (2) | remote address (2) | upper layer, decision |   64 bits each
 * </pre>
 */
final class FlowCache {
  /** The flow is not there. */
  static final int MISS = -1;

  private static final int WAYS = 4;
  private static final int IPV6_WORDS = 5;
  private static final int DECISION_SHIFT = 42;
  private static final long UPPER_MASK = (1L << DECISION_SHIFT) - 1;

  private final long[] ipv4;
  private final long[] ipv6;
  private final int bucketMask;
  private final long secret;
  private final long otherSecret;
  private int turn;

  /**
   * Makes an empty cache.
   *
   * @param flows how many flows of each IP version find room: a power of two, at least 4
   * @param secret what nobody outside knows
   * @param otherSecret what nobody outside knows either
   */
  FlowCache(int flows, long secret, long otherSecret) {
    if (flows < WAYS || Integer.bitCount(flows) != 1) {
      throw new IllegalArgumentException("a flow cache has a power of two of places, at least 4");
    }
    this.ipv4 = new long[Math.multiplyExact(2, flows)];
    this.ipv6 = new long[Math.multiplyExact(IPV6_WORDS, flows)];
    this.bucketMask = flows / WAYS - 1;
    this.secret = secret;
    this.otherSecret = otherSecret;
  }

  /** The decision about a flow, or {@link #MISS}. */
  int find(FlowKey key) {
    return key.ipv6 ? findIpv6(key) : findIpv4(key);
  }

  /**
   * Remembers the decision about a flow that is not there.
   *
   * @param decision 0 to 2^20
   */
  void put(FlowKey key, int decision) {
    long word = key.upper | (long) (decision + 1) << DECISION_SHIFT;
    turn++;
    if (key.ipv6) {
      putIpv6(key, word);
    } else {
      putIpv4(key, word);
    }
  }

  private int findIpv4(FlowKey key) {
    long addresses = addresses(key);
    int first = bucketIpv4(key, addresses);
    for (int i = first; i < first + 2 * WAYS; i += 2) {
      long word = ipv4[i + 1];
      if (ipv4[i] == addresses
          && (word & UPPER_MASK) == key.upper
          && word >>> DECISION_SHIFT != 0) {
        return (int) (word >>> DECISION_SHIFT) - 1;
      }
    }
    return MISS;
  }

  private void putIpv4(FlowKey key, long word) {
    long addresses = addresses(key);
    int first = bucketIpv4(key, addresses);
    int place = first + 2 * (turn & WAYS - 1);
    for (int i = first; i < first + 2 * WAYS; i += 2) {
      if (ipv4[i + 1] == 0) {
        place = i;
        break;
      }
    }
    ipv4[place] = addresses;
    ipv4[place + 1] = word;
  }

  private static long addresses(FlowKey key) {
    return key.localHigh | key.remoteHigh >>> 32;
  }

  private int bucketIpv4(FlowKey key, long addresses) {
    long hash = mix(addresses ^ secret, key.upper ^ otherSecret);
    return ((int) hash & bucketMask) * (2 * WAYS);
  }

  private int findIpv6(FlowKey key) {
    int first = bucketIpv6(key);
    for (int i = first; i < first + IPV6_WORDS * WAYS; i += IPV6_WORDS) {
      long word = ipv6[i + 4];
      if ((word & UPPER_MASK) == key.upper
          && word >>> DECISION_SHIFT != 0
          && ipv6[i] == key.localHigh
          && ipv6[i + 1] == key.localLow
          && ipv6[i + 2] == key.remoteHigh
          && ipv6[i + 3] == key.remoteLow) {
        return (int) (word >>> DECISION_SHIFT) - 1;
      }
    }
    return MISS;
  }

  private void putIpv6(FlowKey key, long word) {
    int first = bucketIpv6(key);
    int place = first + IPV6_WORDS * (turn & WAYS - 1);
    for (int i = first; i < first + IPV6_WORDS * WAYS; i += IPV6_WORDS) {
      if (ipv6[i + 4] == 0) {
        place = i;
        break;
      }
    }
    ipv6[place] = key.localHigh;
    ipv6[place + 1] = key.localLow;
    ipv6[place + 2] = key.remoteHigh;
    ipv6[place + 3] = key.remoteLow;
    ipv6[place + 4] = word;
  }

  private int bucketIpv6(FlowKey key) {
    long hash = mix(key.localHigh ^ secret, key.localLow ^ otherSecret);
    hash = mix(hash ^ key.remoteHigh, key.remoteLow ^ secret);
    hash = mix(hash ^ key.upper, otherSecret);
    return ((int) hash & bucketMask) * (IPV6_WORDS * WAYS);
  }

  /** The 128-bit product of two numbers, folded. */
  private static long mix(long one, long other) {
    long folded = Math.multiplyHigh(one, other) ^ one * other;
    return folded ^ folded >>> 32;
  }
}
