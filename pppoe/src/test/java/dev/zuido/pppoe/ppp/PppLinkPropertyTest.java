package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Two links over a bad channel, and links under hostile packets. */
final class PppLinkPropertyTest {
  private static final long SECOND = LinkPair.SECOND;

  /** Two sides that can agree, of many kinds. */
  private static LinkPair pair(long seed) {
    Random random = new Random(seed);
    PppConfig caller = LinkPair.callerConfig().withTrace(random.nextBoolean());
    PppConfig server = LinkPair.serverConfig().withTrace(random.nextBoolean());
    caller = caller.withMru(1300 + random.nextInt(201));
    server = server.withMru(1300 + random.nextInt(201));
    switch (random.nextInt(4)) {
      case 0 -> server = server.withDemanded(List.of());
      case 1 -> server = server.withDemanded(List.of(AuthenticationProtocol.PAP));
      case 2 -> caller = caller.withAccepted(List.of(AuthenticationProtocol.PAP));
      default -> {}
    }
    if (!server.demanded().isEmpty()) {
      server =
          server.withDemanded(List.of(AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP));
    }
    if (random.nextInt(3) == 0) {
      // Both prove themselves.
      server =
          server
              .withCredential(LinkPair.CREDENTIAL)
              .withAccepted(List.of(AuthenticationProtocol.CHAP_MD5));
      caller =
          caller
              .withAuthenticator("caller", LinkPair.users()::get)
              .withDemanded(List.of(AuthenticationProtocol.CHAP_MD5));
    }
    if (random.nextBoolean()) {
      caller =
          caller.withIpcp(
              new PppConfig.IpcpConfig(LinkPair.CALLER, false, LinkPair.SERVER, true, List.of()));
    }
    if (random.nextBoolean()) {
      server =
          server.withIpcp(
              new PppConfig.IpcpConfig(
                  LinkPair.SERVER,
                  false,
                  LinkPair.CALLER,
                  false,
                  List.of(Ipv4Address.of(8, 8, 8, 8))));
    }
    if (random.nextInt(4) == 0) {
      caller = caller.withIpv6InterfaceId(random.nextInt(2) + 1L);
      server = server.withIpv6InterfaceId(1L);
    }
    if (random.nextInt(4) == 0) {
      server = server.withChapIntervalNanos(30 * SECOND);
    }
    return new LinkPair(caller, server, seed);
  }

  private static String describe(LinkPair pair) {
    return pair.caller.link.snapshot(pair.now)
        + "\n"
        + pair.server.link.snapshot(pair.now)
        + "\n"
        + pair.caller.all(PppOutput.Ended.class)
        + "\n"
        + pair.server.all(PppOutput.Ended.class);
  }

  private static void impair(LinkPair pair, double loss, double duplication, int delayMillis) {
    pair.loss = loss;
    pair.duplication = duplication;
    pair.minDelay = 0;
    pair.maxDelay = delayMillis * LinkPair.MILLISECOND;
  }

  /** Neither is there, and neither will do anything any more. */
  private static boolean isGivenUp(LinkPair pair) {
    return List.of(pair.caller, pair.server).stream()
        .allMatch(
            side ->
                side.link.phase() == PppPhase.DEAD
                    && side.ends > 0
                    && side.link.nextDeadline() == PppLink.NO_DEADLINE);
  }

  @Property(tries = 300)
  void aGoodChannelIsAgreedOnAtOnce(@ForAll long seed) {
    LinkPair pair = pair(seed).start().run(SECOND);
    assertTrue(pair.isAgreed(), () -> describe(pair));
  }

  /** The channel is bad for a while: in the end both agree, or both have given up. */
  @Property(tries = 400)
  void afterABadChannelBothAgreeOrBothHaveGivenUp(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.7) double loss,
      @ForAll @DoubleRange(max = 0.6) double duplication,
      @ForAll @IntRange(max = 8000) int delayMillis,
      @ForAll @IntRange(min = 1, max = 200) int seconds) {
    LinkPair pair = pair(seed);
    impair(pair, loss, duplication, delayMillis);
    pair.start().run(seconds * SECOND);
    pair.heal().run(400 * SECOND);
    assertTrue(pair.isAgreed() || isGivenUp(pair), () -> describe(pair));
  }

  /** As before, but a link that has ended gets a new session: then both agree. */
  @Property(tries = 300)
  void withNewSessionsBothAgreeAfterABadChannel(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 1.0) double loss,
      @ForAll @DoubleRange(max = 0.6) double duplication,
      @ForAll @IntRange(max = 8000) int delayMillis,
      @ForAll @IntRange(min = 1, max = 200) int seconds) {
    LinkPair pair = pair(seed);
    pair.reconnects = true;
    impair(pair, loss, duplication, delayMillis);
    pair.start().run(seconds * SECOND);
    pair.heal().run(400 * SECOND);
    assertTrue(pair.isAgreed(), () -> describe(pair));
  }

  /** Duplicates and reordering alone never bring an agreement about that is none. */
  @Property(tries = 300)
  void whateverIsDoubledAndReorderedBothAgreeWhereBothAreOpen(
      @ForAll long seed,
      @ForAll @DoubleRange(max = 0.9) double duplication,
      @ForAll @IntRange(max = 2000) int delayMillis) {
    LinkPair pair = pair(seed);
    pair.reconnects = true;
    impair(pair, 0, duplication, delayMillis);
    pair.start().run(120 * SECOND);
    pair.heal().run(300 * SECOND);
    assertTrue(pair.isAgreed(), () -> describe(pair));
  }

  @Property(tries = 100)
  void aDeadChannelIsGivenUpWithinTheCounters(@ForAll long seed) {
    LinkPair pair = pair(seed);
    pair.loss = 1;
    pair.start().run(1000 * SECOND);
    for (LinkPair.Side side : List.of(pair.caller, pair.server)) {
      assertEquals(PppTimers.DEFAULT.maxConfigure(), side.sent.size());
      assertEquals(PppEnd.NO_ANSWER, side.last(PppOutput.Ended.class).reason());
    }
    assertTrue(isGivenUp(pair));
  }

  /** A channel that dies under an open link is given up within the counters too. */
  @Property(tries = 100)
  void aChannelThatDiesIsGivenUpWithinTheCounters(@ForAll long seed) {
    LinkPair pair = pair(seed).start().run(60 * SECOND);
    assertTrue(pair.isAgreed());
    int before = pair.caller.sent.size();
    pair.loss = 1;
    pair.run(1000 * SECOND);
    PppTimers timers = PppTimers.DEFAULT;
    assertTrue(isGivenUp(pair));
    // Echoes, terminations and, of one who was challenged, nothing more.
    int most = timers.echoFailures() + timers.maxTerminate() + 2 * timers.maxConfigure();
    assertTrue(pair.caller.sent.size() - before <= most);
  }

  // ---- hostile packets

  /** What cannot be decoded changes nothing but a counter, at whatever moment it comes. */
  @Property(tries = 500)
  void malformedPacketsChangeOnlyACounter(@ForAll long seed, @ForAll @IntRange(max = 40) int when) {
    Random random = new Random(seed);
    LinkPair pair = pair(seed).start().run(when * LinkPair.MILLISECOND);
    for (LinkPair.Side side : List.of(pair.caller, pair.server)) {
      PppSnapshot before = side.link.snapshot(pair.now);
      long deadline = side.link.nextDeadline();
      int outputs = side.outputs.size();
      int sent = side.sent.size();
      byte[] packet = malformed(random);
      side.link.handle(Unpooled.wrappedBuffer(packet), pair.now);
      pair.drain(side);
      assertEquals(before, side.link.snapshot(pair.now), () -> ByteString.of(packet).toString());
      assertEquals(deadline, side.link.nextDeadline());
      assertEquals(sent, side.sent.size());
      PppOutput last = side.outputs.get(side.outputs.size() - 1);
      assertTrue(last instanceof PppOutput.Dropped, last::toString);
      assertTrue(side.outputs.size() - outputs <= 2);
      assertEquals(1, side.all(PppOutput.Dropped.class).size());
    }
    pair.run(2 * SECOND);
    assertTrue(pair.isAgreed());
  }

  /** A packet whose lengths contradict each other. */
  private static byte[] malformed(Random random) {
    int[] protocols = {
      PppProtocol.LCP, PppProtocol.IPCP, PppProtocol.CHAP, PppProtocol.PAP, PppProtocol.LCP
    };
    int protocol = protocols[random.nextInt(protocols.length)];
    ByteBuf packet = Unpooled.buffer();
    switch (random.nextInt(4)) {
      case 0 -> packet.writeByte(random.nextInt());
      case 1 -> {
        packet.writeShort(protocol).writeByte(1 + random.nextInt(11)).writeByte(random.nextInt());
        packet.writeShort(random.nextInt(4)).writeInt(random.nextInt());
      }
      case 2 -> {
        byte[] rest = new byte[random.nextInt(60)];
        random.nextBytes(rest);
        packet.writeShort(protocol).writeByte(1 + random.nextInt(11)).writeByte(random.nextInt());
        packet.writeShort(5 + rest.length + random.nextInt(60000)).writeBytes(rest);
      }
      default -> {
        boolean zero = random.nextBoolean();
        packet.writeShort(PppProtocol.LCP).writeByte(1).writeByte(random.nextInt()).writeShort(14);
        packet.writeShort(0x0104).writeShort(1492).writeByte(random.nextInt());
        packet.writeByte(zero ? random.nextInt(2) : 7 + random.nextInt(249));
        packet.writeInt(random.nextInt());
      }
    }
    byte[] bytes = new byte[packet.readableBytes()];
    packet.readBytes(bytes);
    return bytes;
  }

  @Property(tries = 1000)
  void arbitraryBytesAreNoException(@ForAll byte[] bytes, @ForAll long seed) {
    LinkPair pair = pair(seed).start().run(SECOND);
    for (int protocol : List.of(-1, PppProtocol.LCP, PppProtocol.CHAP, PppProtocol.IPCP)) {
      ByteBuf packet = Unpooled.buffer();
      if (protocol >= 0) {
        packet.writeShort(protocol);
      }
      packet.writeBytes(bytes);
      byte[] copy = new byte[packet.readableBytes()];
      packet.readBytes(copy);
      pair.give(pair.caller, copy);
      pair.give(pair.server, copy);
    }
  }

  /**
   * Somebody else puts packets into the session: what was sent before, changed bits, well-formed
   * nonsense. There is no exception, and once it stops the link is there, or comes again, and both
   * sides see the same protocols open. (Where both run IPv4 and IPv6, a forged reject of one of
   * them is an "unrecoverable error" of that one, RFC 1661 section 4.3, and the other keeps the
   * link.)
   */
  @Property(tries = 200)
  void afterAnAttackTheLinkIsThereOrComesAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int packets) {
    Random random = new Random(seed);
    LinkPair pair = pair(seed);
    pair.reconnects = true;
    pair.start();
    List<byte[]> seen = new ArrayList<>();
    for (int i = 0; i < packets; i++) {
      pair.run(random.nextLong(random.nextInt(10) == 0 ? 5 * SECOND : 10 * LinkPair.MILLISECOND));
      seen.addAll(pair.caller.sent);
      seen.addAll(pair.server.sent);
      LinkPair.Side side = random.nextBoolean() ? pair.caller : pair.server;
      pair.give(side, hostile(random, seen));
    }
    pair.run(500 * SECOND);
    PppLink caller = pair.caller.link;
    PppLink server = pair.server.link;
    assertTrue(caller.isIpv4Up() || caller.isIpv6Up(), () -> describe(pair));
    assertEquals(caller.isIpv4Up(), server.isIpv4Up(), () -> describe(pair));
    assertEquals(caller.isIpv6Up(), server.isIpv6Up(), () -> describe(pair));
  }

  private static byte[] hostile(Random random, List<byte[]> seen) {
    byte[] packet = seen.get(random.nextInt(seen.size())).clone();
    switch (random.nextInt(4)) {
      case 0 -> {}
      case 1 -> packet[random.nextInt(packet.length)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> packet[2] = (byte) (1 + random.nextInt(12));
      default -> packet[3] = (byte) random.nextInt();
    }
    return packet;
  }

  /** A flood of any one packet is answered at most once each, and ends somewhere. */
  @Property(tries = 100)
  void aFloodDoesNotGrow(@ForAll long seed) {
    Random random = new Random(seed);
    LinkPair pair = pair(seed).start().run(SECOND);
    List<byte[]> seen = new ArrayList<>(pair.caller.sent);
    seen.addAll(pair.server.sent);
    byte[] packet = hostile(random, seen);
    pair.heal();
    pair.loss = 1;
    int before = pair.server.sent.size();
    for (int i = 0; i < 1000; i++) {
      pair.give(pair.server, packet);
    }
    // At most two for each: a reply, and a request of our own where a link begins anew.
    assertTrue(pair.server.sent.size() - before <= 2100);
    assertTrue(pair.server.outputs.size() < 12_000);
  }
}
