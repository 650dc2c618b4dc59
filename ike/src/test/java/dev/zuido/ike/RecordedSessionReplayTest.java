package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.SaParameters.OriginalAddresses;
import dev.zuido.ike.SaParameters.UdpEncapsulation;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.NatOriginalAddress;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.recorded.RecordedSession;
import dev.zuido.ike.recorded.SessionDecoder.Decoded;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in the place of either strongSwan of a recorded session. */
class RecordedSessionReplayTest {
  /** Site a as site b saw it, where a translator stood between. */
  private static final Ipv4Address TRANSLATED = Ipv4Address.of(200, 1, 1, 254);

  /** strongSwan's own numbers: a tenth more than what was configured. */
  private static final long PHASE_ONE_SECONDS = 95_040;

  private static final NatTraversal FORCED = new NatTraversal(true, true, 20);

  private static IkeProposal proposal(String name) {
    return switch (name) {
      case "aes256", "tunnel-lan", "nat-t-tunnel-lan" ->
          proposal(IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.MODP_2048);
      case "gcm" -> proposal(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.MODP_2048);
      case "pfs-aes128-sha1" -> proposal(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_1536);
      default -> proposal(IkeCipher.TRIPLE_DES_CBC, IkeHash.MD5, DhGroup.MODP_1024);
    };
  }

  private static IkeProposal proposal(IkeCipher cipher, IkeHash hash, DhGroup group) {
    return new IkeProposal(
        cipher, hash, AuthenticationMethod.PRE_SHARED_KEY, group, PHASE_ONE_SECONDS);
  }

  private static EspProposal suite(String name) {
    return switch (name) {
      case "aes256", "tunnel-lan", "nat-t-tunnel-lan" ->
          new EspProposal(EspEncryption.AES_CBC, 256, EspIntegrity.HMAC_SHA2_256_128);
      case "gcm" -> new EspProposal(EspEncryption.AES_GCM_16, 128, EspIntegrity.NONE);
      case "pfs-aes128-sha1" ->
          new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96);
      default -> Site.TRIPLE_DES_MD5;
    };
  }

  private static PeerConfig peer(String name, boolean initiator) {
    boolean lan = name.endsWith("tunnel-lan");
    Ipv4Address there = initiator ? Site.B : name.equals("nat-t-tunnel-lan") ? TRANSLATED : Site.A;
    Ipv4Address here = initiator ? Site.A : Site.B;
    TrafficSelector lanA = TrafficSelector.subnet(Ipv4Prefix.parse("10.1.1.0/24"));
    TrafficSelector lanB = TrafficSelector.subnet(Ipv4Prefix.parse("10.1.2.0/24"));
    ChildConfig child =
        new ChildConfig(
            "child",
            lan ? (initiator ? lanA : lanB) : TrafficSelector.host(here, IpProtocol.GRE),
            lan ? (initiator ? lanB : lanA) : TrafficSelector.host(there, IpProtocol.GRE),
            name.contains("tunnel") ? EncapsulationMode.TUNNEL : EncapsulationMode.TRANSPORT,
            List.of(suite(name)),
            name.startsWith("pfs") ? DhGroup.MODP_1536 : null,
            3_600,
            0);
    PeerConfig peer =
        PeerConfig.siteToSite(
            "peer",
            here,
            there,
            Site.secret("cisco"),
            List.of(proposal(name)),
            DpdConfig.OFF,
            List.of(child));
    return name.equals("nat-t") ? peer.withNatTraversal(FORCED) : peer;
  }

  private static ReplayedSession replay(String name, boolean initiator) throws Exception {
    ReplayedSession replay =
        new ReplayedSession(RecordedSession.read(name), initiator, peer(name, initiator));
    boolean translated = name.equals("nat-t-tunnel-lan") && !initiator;
    if (initiator) {
      replay.command(new IkeCommand.Initiate("peer", "child"));
    }
    for (Decoded each : replay.recordedOther) {
      replay.receive(
          each, translated ? TRANSLATED : each.datagram().source(), initiator ? Site.A : Site.B);
    }
    return replay;
  }

  private static List<ReplayedSession.Said> exchange(ReplayedSession replay, int type) {
    return replay.said.stream()
        .filter(each -> each.message().header().exchangeType() == type)
        .toList();
  }

  private static List<Decoded> recorded(ReplayedSession replay, int type) {
    return replay.recordedOwn.stream()
        .filter(each -> each.message().header().exchangeType() == type)
        .toList();
  }

  /** Main mode and quick mode: the same ports, markers, payloads, hashes and keys. */
  private static void comparesWell(String name, ReplayedSession replay) {
    for (int type : List.of(ExchangeType.IDENTITY_PROTECTION, ExchangeType.QUICK_MODE)) {
      List<ReplayedSession.Said> ours = exchange(replay, type);
      List<Decoded> theirs = recorded(replay, type);
      assertEquals(theirs.size(), ours.size(), () -> name + ": " + replay.outputs);
      for (int i = 0; i < ours.size(); i++) {
        ReplayedSession.Said own = ours.get(i);
        Decoded other = theirs.get(i);
        assertEquals(other.datagram().sourcePort(), own.local().port(), name);
        assertEquals(other.datagram().destinationPort(), own.remote().port(), name);
        assertEquals(own.local().port() == 4500, own.marked(), name);
        assertEquals(ReplayedSession.types(other.message().chain()), own.types(), name);
        assertEquals(
            other.message().payloads(NatOriginalAddress.class),
            own.message().payloads(NatOriginalAddress.class));
      }
    }
    Hash proof = proof(exchange(replay, ExchangeType.IDENTITY_PROTECTION).get(2).message().chain());
    Decoded last = recorded(replay, ExchangeType.IDENTITY_PROTECTION).get(2);
    assertEquals(proof(last.message().chain()), proof, name);
    RecordedSession session = RecordedSession.read(name);
    assertEquals(2, replay.installed.size(), name);
    for (int i = 0; i < 2; i++) {
      SaParameters sa = replay.installed.get(i);
      String prefix = prefixOf(session, sa.spi());
      String expected =
          session.keys().containsKey(prefix + "aead_key")
              ? session.text(prefix + "aead_key")
              : session.text(prefix + "enc_key") + session.text(prefix + "auth_key");
      assertEquals(expected, replay.keys.get(i), name);
      assertEquals(session.text(prefix + "mode"), sa.mode().toString().toLowerCase(Locale.ROOT));
      boolean inUdp = session.keys().containsKey(prefix + "encap");
      assertEquals(inUdp ? new UdpEncapsulation(4500, 4500) : null, sa.udpEncapsulation(), name);
    }
  }

  private static Hash proof(PayloadChain chain) {
    return chain.payload(Hash.class).orElseThrow();
  }

  private static String prefixOf(RecordedSession session, int spi) {
    for (int i = 1; ; i++) {
      if (session.text("esp." + i + ".spi").equals(TraceText.spi(spi))) {
        return "esp." + i + ".";
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cisco",
        "aes256",
        "gcm",
        "tunnel-gre",
        "tunnel-lan",
        "pfs-aes128-sha1",
        "nat-t",
        "nat-t-tunnel-lan"
      })
  void asResponder(String name) throws Exception {
    ReplayedSession replay = replay(name, false);
    comparesWell(name, replay);
    // The initiator's probes were answered, and in the end it took its leave.
    long asked =
        replay.recordedOther.stream().filter(each -> has(each, NotifyType.R_U_THERE)).count();
    long answered =
        replay.said.stream()
            .flatMap(each -> each.message().payloads(Notification.class).stream())
            .filter(each -> each.notifyType() == NotifyType.R_U_THERE_ACK)
            .count();
    assertEquals(asked, answered, name);
    assertTrue(
        replay.recordedOther.stream()
            .anyMatch(each -> each.message().payload(Delete.class).isPresent()));
    assertEquals(
        new IkeSnapshot(List.of(), List.of()), replay.engine.snapshot(), "deleted by the peer");
  }

  private static boolean has(Decoded each, int notifyType) {
    return each.message().payloads(Notification.class).stream()
        .anyMatch(notification -> notification.notifyType() == notifyType);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cisco",
        "aes256",
        "gcm",
        "tunnel-gre",
        "tunnel-lan",
        "pfs-aes128-sha1",
        "nat-t",
        "nat-t-tunnel-lan"
      })
  void asInitiator(String name) throws Exception {
    ReplayedSession replay = replay(name, true);
    assertEquals(
        replay.recordedOwn.get(0).message().payload(SecurityAssociation.class).orElseThrow().body(),
        replay.said.get(0).message().payload(SecurityAssociation.class).orElseThrow().body(),
        "what we offer is what strongSwan offered, so its proof fits ours");
    comparesWell(name, replay);
  }

  /** A second quick mode under the same ISAKMP SA: the keys of all four SAs. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRekeyingOfPhaseTwo(boolean initiator) throws Exception {
    String name = "cisco-rekey";
    RecordedSession session = RecordedSession.read(name);
    ReplayedSession replay = new ReplayedSession(session, initiator, peer(name, initiator));
    List<Decoded> own = recorded(replay, ExchangeType.QUICK_MODE);
    int second = own.get(own.size() - 1).message().header().messageId();
    boolean rekeyed = false;
    if (initiator) {
      replay.command(new IkeCommand.Initiate("peer", "child"));
    }
    for (Decoded each : replay.recordedOther) {
      if (initiator && !rekeyed && each.message().header().messageId() == second) {
        rekeyed = true;
        replay.nextMessageId(own.get(own.size() - 1));
        replay.command(
            new IkeCommand.LifetimeExceeded(inbound(replay.installed.get(0)).id(), false));
      }
      replay.receive(each, each.datagram().source(), initiator ? Site.A : Site.B);
    }
    if (initiator) {
      // The peer uses the new pair.
      replay.command(new IkeCommand.SaUsed(inbound(replay.installed.get(2)).id()));
    }
    assertEquals(
        own.stream().map(each -> ReplayedSession.types(each.message().chain())).toList(),
        exchange(replay, ExchangeType.QUICK_MODE).stream()
            .map(ReplayedSession.Said::types)
            .toList());
    assertEquals(
        own.stream().map(each -> each.message().header().messageId()).toList(),
        exchange(replay, ExchangeType.QUICK_MODE).stream()
            .map(each -> each.message().header().messageId())
            .toList());
    assertEquals(4, replay.installed.size());
    for (int i = 0; i < 4; i++) {
      String prefix = prefixOf(session, replay.installed.get(i).spi());
      assertEquals(
          session.text(prefix + "enc_key") + session.text(prefix + "auth_key"), replay.keys.get(i));
    }
    long expected = initiator ? 2 : 0;
    assertEquals(expected, replay.engine.snapshot().childSas().size(), "deleted by the initiator");
  }

  private static SaParameters inbound(SaParameters sa) {
    assertEquals(Direction.INBOUND, sa.direction());
    return sa;
  }

  /** Both pretended that a translator stands before them; the first hash of each is true. */
  @Test
  void forcedEncapsulationIsWhatStrongSwanDoes() throws Exception {
    ReplayedSession replay = replay("nat-t", false);
    NatDetection first = natDetection(exchange(replay, ExchangeType.IDENTITY_PROTECTION), 0);
    NatDetection recorded =
        recorded(replay, ExchangeType.IDENTITY_PROTECTION)
            .get(1)
            .message()
            .payloads(NatDetection.class)
            .get(0);
    assertEquals(recorded, first);
    IkeSnapshot.IsakmpSaView sa =
        replay.outputs.stream()
            .filter(IkeOutput.PhaseOneEstablished.class::isInstance)
            .map(each -> ((IkeOutput.PhaseOneEstablished) each).sa())
            .findFirst()
            .orElseThrow();
    assertTrue(sa.remoteBehindNat() && !sa.localBehindNat());
    SaParameters in =
        replay.installed.stream()
            .filter(each -> each.direction() == Direction.INBOUND)
            .findFirst()
            .orElseThrow();
    assertEquals(new OriginalAddresses(Site.A, Site.B), in.originalAddresses());
  }

  private static NatDetection natDetection(List<ReplayedSession.Said> said, int index) {
    return said.get(1).message().payloads(NatDetection.class).get(index);
  }

  /** A true translator: the log of the initiator says "local host is behind NAT". */
  @Test
  void aTrueTranslatorIsFoundAsStrongSwanFoundIt() throws Exception {
    ReplayedSession responder = replay("nat-t-tunnel-lan", false);
    List<NatDetection> recorded =
        recorded(responder, ExchangeType.IDENTITY_PROTECTION)
            .get(1)
            .message()
            .payloads(NatDetection.class);
    List<ReplayedSession.Said> said = exchange(responder, ExchangeType.IDENTITY_PROTECTION);
    assertEquals(recorded, said.get(1).message().payloads(NatDetection.class));
    assertTrue(established(responder).remoteBehindNat());
    assertEquals(TRANSLATED, established(responder).remote().address());
    ReplayedSession initiator = replay("nat-t-tunnel-lan", true);
    assertTrue(established(initiator).localBehindNat());
    assertTrue(!established(initiator).remoteBehindNat());
    assertNull(initiator.installed.get(0).originalAddresses());
  }

  private static IkeSnapshot.IsakmpSaView established(ReplayedSession replay) {
    return replay.outputs.stream()
        .filter(IkeOutput.PhaseOneEstablished.class::isInstance)
        .map(each -> ((IkeOutput.PhaseOneEstablished) each).sa())
        .findFirst()
        .orElseThrow();
  }
}
