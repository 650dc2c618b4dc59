package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every message of a handshake altered in every bit and cut at every length. Each alteration is
 * dropped, ends its exchange, or is in a field that IKEv1 does not authenticate, and then it stands
 * in {@link Unauthenticated} with its effect.
 *
 * <p>Every bit of the header and three values of each other byte are tried, every bit of all with
 * {@code -Dzuido.whole=true}.
 */
class EveryBitTest {
  private static final boolean WHOLE = Boolean.getBoolean("zuido.whole");
  private static final int FLAGS = 19;

  /** Handshakes, each up to a pair of IPsec SAs. */
  enum Flow {
    MAIN_MODE(AggressiveMode.OFF, null, 9),
    MAIN_MODE_WITH_PFS(AggressiveMode.OFF, DhGroup.CURVE_25519, 9),
    AGGRESSIVE_MODE(AggressiveMode.INITIATE, null, 7);

    private final AggressiveMode mode;
    private final DhGroup pfs;
    private final int messages;

    Flow(AggressiveMode mode, DhGroup pfs, int messages) {
      this.mode = mode;
      this.pfs = pfs;
      this.messages = messages;
    }

    private IkeConfig config(boolean atA) {
      IkeProposal fast =
          IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
      return Site.config(
          atA,
          p -> {
            ChildConfig child = p.children().get(0);
            ChildConfig changed =
                new ChildConfig(
                    child.name(),
                    child.local(),
                    child.remote(),
                    child.mode(),
                    child.proposals(),
                    pfs,
                    child.lifetimeSeconds(),
                    child.lifetimeKilobytes());
            return p.toBuilder()
                .proposals(List.of(fast))
                .dpd(DpdConfig.OFF)
                .children(List.of(changed))
                .options(p.options().withAggressiveMode(mode))
                .build();
          });
    }
  }

  /** A handshake that stands still before a message. */
  private static final class Handshake {
    final Pair pair;
    final Deque<Site.Datagram> pending = new ArrayDeque<>();

    Handshake(Flow flow, int number) {
      pair = new Pair(11, flow.config(true), flow.config(false));
      pair.a.initiate(0);
      for (int i = 1; i < number; i++) {
        deliver(next());
      }
      collect();
    }

    private void collect() {
      pending.addAll(pair.a.sent);
      pair.a.sent.clear();
      pending.addAll(pair.b.sent);
      pair.b.sent.clear();
    }

    Site.Datagram next() {
      collect();
      return pending.remove();
    }

    Site receiver(Site.Datagram datagram) {
      return datagram.to().address().equals(Site.A) ? pair.a : pair.b;
    }

    void deliver(Site.Datagram datagram) {
      receiver(datagram).receive(datagram, pair.now);
    }

    /** Goes on without time, so that nothing is sent again. */
    boolean goesThrough() {
      collect();
      while (!pending.isEmpty()) {
        deliver(pending.remove());
        collect();
      }
      return pair.usable();
    }
  }

  private record Alteration(String field, ByteString bytes) {}

  @ParameterizedTest
  @EnumSource(Flow.class)
  void eachAlterationIsDroppedOrEndsItsExchange(Flow flow) {
    Map<String, Integer> through = new TreeMap<>();
    int tried = 0;
    for (int number = 1; number <= flow.messages; number++) {
      Handshake handshake = new Handshake(flow, number);
      Site.Datagram genuine = handshake.next();
      for (Alteration each : alterations(genuine.bytes())) {
        tried++;
        Site receiver = handshake.receiver(genuine);
        IkeSnapshot before = receiver.engine.snapshot();
        int failures = receiver.outputs(IkeOutput.ExchangeFailed.class).size();
        receiver.receive(
            new Site.Datagram(genuine.from(), genuine.to(), each.bytes()), handshake.pair.now);
        boolean dropped =
            receiver.sent.isEmpty()
                && before.equals(receiver.engine.snapshot())
                && failures == receiver.outputs(IkeOutput.ExchangeFailed.class).size();
        if (dropped) {
          continue;
        }
        if (handshake.goesThrough()) {
          through.merge(flow + " " + number + ": " + each.field(), 1, Integer::sum);
        } else {
          assertBounded(handshake);
        }
        handshake = new Handshake(flow, number);
        genuine = handshake.next();
      }
      handshake.deliver(genuine);
      assertTrue(handshake.goesThrough(), "what was dropped has changed nothing: " + number);
    }
    assertTrue(tried > 2_000, tried + " alterations");
    TreeSet<String> unexpected = new TreeSet<>(through.keySet());
    unexpected.removeIf(Unauthenticated::lists);
    assertEquals(List.of(), List.copyOf(unexpected), "not in the table");
  }

  /** Of an exchange that ended so, nothing grows. */
  private static void assertBounded(Handshake handshake) {
    for (Site site : List.of(handshake.pair.a, handshake.pair.b)) {
      assertTrue(site.phaseOnes().size() <= 2);
      assertTrue(site.installed.size() <= 2);
      assertTrue(site.spis.size() <= 1);
    }
  }

  private static List<Alteration> alterations(ByteString message) {
    List<Alteration> all = new ArrayList<>();
    byte[] bytes = message.toArray();
    for (int i = 0; i < bytes.length; i++) {
      for (int mask : masks(i)) {
        byte[] altered = bytes.clone();
        altered[i] ^= (byte) mask;
        all.add(new Alteration(fieldOf(bytes, i), ByteString.of(altered)));
      }
    }
    for (int length = 0; length < bytes.length; length++) {
      all.add(new Alteration("cut", message.slice(0, length)));
      if (length >= IsakmpHeader.LENGTH) {
        byte[] cut = Arrays.copyOf(bytes, length);
        BigEndian.putInt(cut, IsakmpHeader.LENGTH_OFFSET, length);
        all.add(new Alteration("cut, with the length", ByteString.of(cut)));
      }
    }
    if (bytes[FLAGS] == 0) {
      addCutPayloads(bytes, all);
    }
    return all;
  }

  private static int[] masks(int index) {
    return WHOLE || index < IsakmpHeader.LENGTH
        ? new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}
        : new int[] {1 << index % 8, 0x80 >> index % 7, 0xff};
  }

  /** Each payload cut at every length, with all lengths right. */
  private static void addCutPayloads(byte[] bytes, List<Alteration> all) {
    int type = bytes[16] & 0xff;
    int at = IsakmpHeader.LENGTH;
    while (type != PayloadType.NONE) {
      int length = BigEndian.getUnsignedShort(bytes, at + 2);
      for (int cut = 1; cut <= length - 4; cut++) {
        byte[] shorter = new byte[bytes.length - cut];
        System.arraycopy(bytes, 0, shorter, 0, at + length - cut);
        System.arraycopy(
            bytes, at + length, shorter, at + length - cut, bytes.length - at - length);
        BigEndian.putShort(shorter, at + 2, length - cut);
        BigEndian.putInt(shorter, IsakmpHeader.LENGTH_OFFSET, shorter.length);
        all.add(new Alteration(PayloadType.nameOf(type) + " cut", ByteString.of(shorter)));
      }
      type = bytes[at] & 0xff;
      at += length;
    }
  }

  private static String fieldOf(byte[] bytes, int index) {
    if (index < IsakmpHeader.LENGTH) {
      return index < 8
          ? "initiator cookie"
          : index < 16
              ? "responder cookie"
              : index == 16
                  ? "next payload of the header"
                  : index == 17
                      ? "version"
                      : index == 18
                          ? "exchange type"
                          : index == FLAGS ? "flags" : index < 24 ? "message ID" : "length";
    }
    if (bytes[FLAGS] != 0) {
      int blocks = (bytes.length - IsakmpHeader.LENGTH) / 16;
      return "encrypted block " + ((index - IsakmpHeader.LENGTH) / 16 + 1) + " of " + blocks;
    }
    int type = bytes[16] & 0xff;
    int at = IsakmpHeader.LENGTH;
    while (index >= at + BigEndian.getUnsignedShort(bytes, at + 2)) {
      type = bytes[at] & 0xff;
      at += BigEndian.getUnsignedShort(bytes, at + 2);
    }
    String name = PayloadType.nameOf(type);
    return switch (index - at) {
      case 0 -> "next payload of " + name;
      case 1 -> "RESERVED of " + name;
      case 2, 3 -> "length of " + name;
      default -> "body of " + name;
    };
  }

  /**
   * Fields of which nothing in IKEv1 proves that they came as they were sent (RFC 2409 section 5:
   * HASH_I and HASH_R cover the public values, the cookies, the initiator's offer and the identity
   * of their sender), and what it does when they are altered. All else is dropped or ends the
   * exchange.
   */
  private enum Unauthenticated {
    /** The features that vendor IDs announce are not used: dead peer detection, NAT traversal. */
    VENDOR_IDS("[A-Z_]+ [12]: (VID cut|(body|length) of VID)"),
    /** The payload behind is taken for one of another type, and not heeded; or the chain ends. */
    TYPES_OF_WHAT_MAY_BE_MISSING("[A-Z_]+ [1-4]: next payload of (SA|KE|NONCE|ID|VID|NAT-D|HASH)"),
    /** The same, where such a payload is the first. */
    TYPE_OF_THE_FIRST("AGGRESSIVE_MODE 3: next payload of the header"),
    /**
     * HASH_I and HASH_R cover the offer and not the answer: the initiator takes other lifetimes or
     * another number of the proposal for agreed on. It refuses other algorithms than it has
     * offered, and keys that differ do not fit.
     */
    ANSWER("[A-Z_]+ 2: body of SA"),
    /** Whether a translator stands between: ESP goes into UDP where it need not, or does not. */
    NAT_DISCOVERY("[A-Z_]+ [2-4]: (NAT-D cut|body of NAT-D)"),
    /** The commit flag is ignored. */
    COMMIT_FLAG("[A-Z_]+ [1-9]: flags"),
    /**
     * Behind the HASH of the last messages of phase 1: INITIAL-CONTACT or lifetimes are garbled,
     * and so not obeyed.
     */
    BEHIND_THE_HASH(
        "MAIN_MODE(_WITH_PFS)? [56]: encrypted block [45] of 5"
            + "|AGGRESSIVE_MODE 3: encrypted block [1289] of 9");

    private final String pattern;

    Unauthenticated(String pattern) {
      this.pattern = pattern;
    }

    static boolean lists(String field) {
      return Arrays.stream(values()).anyMatch(each -> field.matches(each.pattern));
    }
  }
}
