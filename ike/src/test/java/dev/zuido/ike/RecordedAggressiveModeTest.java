package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.recorded.RecordedSession;
import dev.zuido.ike.recorded.SessionDecoder.Decoded;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in the place of either strongSwan of the session in aggressive mode. */
class RecordedAggressiveModeTest {
  private static PeerConfig peer(boolean initiator) {
    Ipv4Address here = initiator ? Site.A : Site.B;
    Ipv4Address there = initiator ? Site.B : Site.A;
    return AggressiveModeTest.mode(
        PeerConfig.siteToSite(
            "peer",
            here,
            there,
            Site.secret("cisco"),
            List.of(
                new IkeProposal(
                    IkeCipher.TRIPLE_DES_CBC,
                    IkeHash.MD5,
                    AuthenticationMethod.PRE_SHARED_KEY,
                    DhGroup.MODP_1024,
                    95_040)),
            DpdConfig.OFF,
            List.of(
                ChildConfig.of(
                    "child",
                    TrafficSelector.host(here, IpProtocol.GRE),
                    TrafficSelector.host(there, IpProtocol.GRE),
                    EncapsulationMode.TRANSPORT,
                    List.of(Site.TRIPLE_DES_MD5)))),
        AggressiveMode.INITIATE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameHashesAndKeysAsStrongSwan(boolean initiator) throws Exception {
    RecordedSession session = RecordedSession.read("aggressive");
    ReplayedSession replay = new ReplayedSession(session, initiator, peer(initiator));
    if (initiator) {
      replay.command(new IkeCommand.Initiate("peer", "child"));
    }
    for (Decoded each : replay.recordedOther) {
      replay.receive(each, each.datagram().source(), initiator ? Site.A : Site.B);
    }
    List<ReplayedSession.Said> ours =
        replay.said.stream()
            .filter(each -> each.message().header().exchangeType() == ExchangeType.AGGRESSIVE)
            .toList();
    List<Decoded> theirs =
        replay.recordedOwn.stream()
            .filter(each -> each.message().header().exchangeType() == ExchangeType.AGGRESSIVE)
            .toList();
    assertEquals(theirs.size(), ours.size(), () -> "" + replay.outputs);
    for (int i = 0; i < ours.size(); i++) {
      assertEquals(sorted(theirs.get(i)), new TreeSet<>(ours.get(i).types()), "message " + i);
      assertEquals(
          theirs.get(i).message().payload(Hash.class).map(Hash::data),
          ours.get(i).message().payload(Hash.class).map(Hash::data));
      assertEquals(theirs.get(i).isEncrypted(), ours.get(i).message().header().isEncrypted());
      assertEquals(500, ours.get(i).local().port());
    }
    Optional<SecurityAssociation> sa = ours.get(0).message().payload(SecurityAssociation.class);
    assertEquals(theirs.get(0).message().payload(SecurityAssociation.class), sa);
    assertEquals(2, replay.installed.size(), () -> "" + replay.outputs);
    for (int i = 0; i < 2; i++) {
      String prefix =
          session.text("esp.1.spi").equals(TraceText.spi(replay.installed.get(i).spi()))
              ? "esp.1."
              : "esp.2.";
      assertEquals(
          session.text(prefix + "enc_key") + session.text(prefix + "auth_key"), replay.keys.get(i));
    }
    assertTrue(
        initiator || replay.engine.snapshot().isakmpSas().isEmpty(), "the peer took its leave");
  }

  private static Set<Integer> sorted(Decoded each) {
    return new TreeSet<>(ReplayedSession.types(each.message().chain()));
  }
}
