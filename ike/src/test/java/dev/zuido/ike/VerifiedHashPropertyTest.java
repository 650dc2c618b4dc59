package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Nothing is established but by a message whose HASH was right. */
class VerifiedHashPropertyTest {
  /** HASH and what stands before it; what is altered here is covered by it or is it. */
  private static final int COVERED = 24;

  /** The exchange that a datagram belongs to, and who sent it. */
  private record Key(Cookie initiator, int exchangeType, int messageId, boolean fromA) {}

  /** The messages that passed unaltered. */
  private final Map<Key, Set<ByteString>> intact = new HashMap<>();

  private static int exchangeType(byte[] bytes) {
    return bytes[18];
  }

  private static boolean isEncrypted(byte[] bytes) {
    return (bytes[19] & IsakmpHeader.FLAG_ENCRYPTION) != 0;
  }

  private static Key key(Site.Datagram datagram, byte[] bytes) {
    return new Key(
        new Cookie(BigEndian.getLong(bytes, 0)),
        exchangeType(bytes),
        BigEndian.getInt(bytes, 20),
        datagram.from().address().equals(Site.A));
  }

  private static Site.Datagram flipped(Site.Datagram datagram, SplittableRandom chance) {
    byte[] bytes = datagram.bytes().toArray();
    bytes[IsakmpHeader.LENGTH + chance.nextInt(COVERED)] ^= (byte) (1 << chance.nextInt(8));
    return new Site.Datagram(datagram.from(), datagram.to(), ByteString.of(bytes));
  }

  @Property(tries = 80)
  void whatIsEstablishedHadItsHashesVerified(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(min = 0.1, max = 0.9) double altered,
      @ForAll boolean both) {
    intact.clear();
    Tunnel tunnel = new Tunnel(seed, 600, 900, DpdConfig.periodic(60));
    Pair pair = tunnel.pair;
    SplittableRandom chance = new SplittableRandom(seed);
    pair.alter =
        datagram -> {
          byte[] bytes = datagram.bytes().toArray();
          if (isEncrypted(bytes) && chance.nextDouble() < altered) {
            return flipped(datagram, chance);
          }
          if (isEncrypted(bytes)) {
            intact
                .computeIfAbsent(key(datagram, bytes), each -> new HashSet<>())
                .add(datagram.bytes());
          }
          return datagram;
        };
    for (int i = 0; i < 6; i++) {
      pair.a.initiate(pair.now);
      if (both) {
        pair.b.initiate(pair.now);
      }
      pair.run(200 * Pair.SECOND);
    }
    check(pair.a, false);
    check(pair.b, true);
  }

  /** Every event of establishment has the peer's intact messages behind it. */
  private void check(Site site, boolean peerIsA) {
    for (IkeOutput.PhaseOneEstablished one : site.outputs(IkeOutput.PhaseOneEstablished.class)) {
      Cookie cookie = one.sa().initiatorCookie();
      assertTrue(
          intact.containsKey(new Key(cookie, ExchangeType.IDENTITY_PROTECTION, 0, peerIsA)),
          () -> "nobody has proved himself under " + cookie);
    }
    List<IkeOutput.ChildEstablished> children = site.outputs(IkeOutput.ChildEstablished.class);
    long ours = children.stream().filter(child -> child.pair().initiator()).count();
    assertTrue(ours <= quickModes(peerIsA, 1), () -> Tunnel.tail(site));
    assertTrue(children.size() - ours <= quickModes(peerIsA, 2), () -> Tunnel.tail(site));
  }

  private long quickModes(boolean fromA, int messages) {
    return intact.entrySet().stream()
        .filter(each -> each.getKey().exchangeType() == ExchangeType.QUICK_MODE)
        .filter(each -> each.getKey().fromA() == fromA && each.getValue().size() >= messages)
        .count();
  }

  /** The messages with a HASH, in the order of a main mode and a quick mode that A begins. */
  private enum Altered {
    IDENTITY_OF_A,
    IDENTITY_OF_B,
    QUICK_MODE_1,
    QUICK_MODE_2,
    QUICK_MODE_3;

    boolean is(Site.Datagram datagram) {
      byte[] bytes = datagram.bytes().toArray();
      boolean fromA = datagram.from().address().equals(Site.A);
      boolean quick = exchangeType(bytes) == ExchangeType.QUICK_MODE;
      boolean third = bytes.length < IsakmpHeader.LENGTH + 40;
      return isEncrypted(bytes)
          && switch (this) {
            case IDENTITY_OF_A -> fromA && !quick;
            case IDENTITY_OF_B -> !fromA && !quick;
            case QUICK_MODE_1 -> fromA && quick && !third;
            case QUICK_MODE_2 -> !fromA && quick;
            case QUICK_MODE_3 -> fromA && quick && third;
          };
    }
  }

  @Property(tries = 60)
  void oneAlteredHashStopsTheExchangeThere(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll Altered altered) {
    Tunnel tunnel = new Tunnel(seed, 600, 900, DpdConfig.OFF);
    Pair pair = tunnel.pair;
    SplittableRandom chance = new SplittableRandom(seed);
    pair.alter = datagram -> altered.is(datagram) ? flipped(datagram, chance) : datagram;
    pair.a.initiate(pair.now);
    pair.run(100 * Pair.SECOND);
    int step = List.of(Altered.values()).indexOf(altered);
    assertEquals(step > 0, established(pair.b, IkeOutput.PhaseOneEstablished.class), "B, phase 1");
    assertEquals(step > 1, established(pair.a, IkeOutput.PhaseOneEstablished.class), "A, phase 1");
    assertEquals(step > 3, established(pair.a, IkeOutput.ChildEstablished.class), "A, phase 2");
    assertEquals(false, established(pair.b, IkeOutput.ChildEstablished.class), "B, phase 2");
  }

  private static boolean established(Site site, Class<? extends IkeOutput> kind) {
    return !site.outputs(kind).isEmpty();
  }
}
