package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Peers that know only a draft, or nothing of NAT traversal, or send more NAT-D payloads than two.
 * Main mode's payloads in the clear are not authenticated, so a network can play such a peer.
 */
class NatDialectTest {
  /** Two sites, the initiator hidden; each message in the clear passes through a change. */
  private static final class Changed {
    final Site a;
    final Site b;
    final List<IsakmpMessage> clear = new ArrayList<>();

    Changed(EncapsulationMode mode, UnaryOperator<List<Payload>> change)
        throws MalformedPacketException {
      Translator translator = new Translator(NatTraversalTest.OUTSIDE_A);
      a = new Site("a", config(NatTraversalTest.peer(Site.A, Site.B, mode)), 1);
      b = new Site("b", config(NatTraversalTest.peer(Site.B, NatTraversalTest.OUTSIDE_A, mode)), 2);
      a.initiate(0);
      while (!a.sent.isEmpty() || !b.sent.isEmpty()) {
        for (Site.Datagram each : take(a)) {
          b.receive(translator.out(changed(each, change)), 0);
        }
        for (Site.Datagram each : take(b)) {
          a.receive(translator.in(changed(each, change)), 0);
        }
      }
    }

    private static IkeConfig config(PeerConfig peer) {
      return IkeConfig.of(List.of(NatTraversalTest.withIdentity(peer, identityOfTheOther(peer))));
    }

    private static Identity identityOfTheOther(PeerConfig peer) {
      return PeerConfig.identityOf(peer.localAddress().equals(Site.A) ? Site.B : Site.A);
    }

    private static List<Site.Datagram> take(Site site) {
      List<Site.Datagram> all = List.copyOf(site.sent);
      site.sent.clear();
      return all;
    }

    private Site.Datagram changed(Site.Datagram datagram, UnaryOperator<List<Payload>> change)
        throws MalformedPacketException {
      if (datagram.from().port() == Endpoint.NAT_TRAVERSAL_PORT || clear.size() == 4) {
        return datagram;
      }
      IsakmpMessage message =
          IsakmpMessage.decode(Unpooled.wrappedBuffer(datagram.bytes().toArray()));
      List<Payload> payloads = change.apply(new ArrayList<>(message.payloads()));
      IsakmpMessage other =
          IsakmpMessage.of(
              message.header().initiatorCookie(),
              message.header().responderCookie(),
              message.header().exchangeType(),
              message.header().flags(),
              message.header().messageId(),
              PayloadChain.of(payloads));
      clear.add(other);
      ByteBuf out = Unpooled.buffer();
      other.encode(out);
      return new Site.Datagram(
          datagram.from(), datagram.to(), ByteString.read(out, out.readableBytes()));
    }
  }

  /** The peer announces one text alone. */
  private static UnaryOperator<List<Payload>> only(KnownVendor vendor) {
    return payloads -> {
      boolean announced = payloads.removeIf(NatDialectTest::isNatTraversal);
      if (announced) {
        payloads.add(VendorId.of(vendor));
      }
      return payloads;
    };
  }

  private static boolean isNatTraversal(Payload payload) {
    return payload instanceof VendorId id
        && id.vendor().filter(vendor -> vendor.name().startsWith("NAT_TRAVERSAL")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = KnownVendor.class,
      names = {
        "NAT_TRAVERSAL",
        "NAT_TRAVERSAL_DRAFT_03",
        "NAT_TRAVERSAL_DRAFT_02",
        "NAT_TRAVERSAL_DRAFT_02_NEWLINE"
      })
  void eachTextHasItsNumbers(KnownVendor vendor) throws Exception {
    for (EncapsulationMode mode : EncapsulationMode.values()) {
      Changed session = new Changed(mode, only(vendor));
      boolean draft = vendor != KnownVendor.NAT_TRAVERSAL;
      assertTrue(Net.usable(session.a, session.b), vendor + " " + session.b.outputs);
      assertEquals(1_025, session.b.sas(Direction.INBOUND).get(0).udpEncapsulation().sourcePort());
      for (IsakmpMessage each : session.clear.subList(2, 4)) {
        List<NatDetection> hashes = each.payloads(NatDetection.class);
        assertEquals(2, hashes.size());
        int type = draft ? PayloadType.NAT_DETECTION_DRAFT : PayloadType.NAT_DETECTION;
        assertTrue(hashes.stream().allMatch(hash -> hash.payloadType() == type));
      }
      if (mode == EncapsulationMode.TRANSPORT) {
        assertEquals(
            new SaParameters.OriginalAddresses(Site.A, Site.B),
            session.b.sas(Direction.INBOUND).get(0).originalAddresses());
      }
      long expected = mode == EncapsulationMode.TUNNEL ? (draft ? 61_443 : 3) : draft ? 61_444 : 4;
      NatDialect dialect =
          Arrays.stream(NatDialect.values())
              .filter(each -> each.vendorId().equals(VendorId.of(vendor)))
              .findAny()
              .orElseThrow();
      assertEquals(expected, dialect.attributeValue(mode));
    }
  }

  @Test
  void aResponderAnswersWithTheBestThatItWasOffered() throws Exception {
    Changed session = new Changed(EncapsulationMode.TUNNEL, payloads -> payloads);
    assertEquals(
        List.of(VendorId.of(KnownVendor.NAT_TRAVERSAL)),
        session.clear.get(1).payloads(VendorId.class).stream()
            .filter(NatDialectTest::isNatTraversal)
            .toList());
  }

  @Test
  void aPeerWithoutNatTraversalIsSpokenToWithoutIt() throws Exception {
    Changed session =
        new Changed(
            EncapsulationMode.TUNNEL,
            payloads -> {
              payloads.removeIf(NatDialectTest::isNatTraversal);
              return payloads;
            });
    assertTrue(Net.usable(session.a, session.b));
    assertNull(session.b.sas(Direction.INBOUND).get(0).udpEncapsulation());
    for (IsakmpMessage each : session.clear) {
      assertTrue(each.payloads(NatDetection.class).isEmpty());
    }
  }

  /** RFC 3947 section 3.2: who does not know his address sends a hash for each that he may have. */
  @Test
  void anyOfSeveralSourceHashesWillDo() throws Exception {
    NatDetection none = NatDetection.of(new byte[16]);
    Site b = new Site("b", Site.config(false), 2);
    Site a = new Site("a", Site.config(true), 1);
    a.initiate(0);
    for (int i = 1; i <= 9; i++) {
      Site sender = i % 2 == 1 ? a : b;
      Site receiver = i % 2 == 1 ? b : a;
      Site.Datagram each = sender.sent.remove(0);
      if (i == 3 || i == 4) {
        IsakmpMessage message =
            IsakmpMessage.decode(Unpooled.wrappedBuffer(each.bytes().toArray()));
        List<Payload> payloads = new ArrayList<>(message.payloads());
        payloads.add(3, none);
        payloads.add(none);
        IsakmpMessage more =
            IsakmpMessage.of(
                message.header().initiatorCookie(),
                message.header().responderCookie(),
                message.header().exchangeType(),
                message.header().flags(),
                0,
                PayloadChain.of(payloads));
        ByteBuf out = Unpooled.buffer();
        more.encode(out);
        each = new Site.Datagram(each.from(), each.to(), ByteString.read(out, out.readableBytes()));
      }
      receiver.receive(each, 0);
    }
    assertTrue(Net.usable(a, b));
    assertFalse(a.phaseOnes().get(0).remoteBehindNat() || a.phaseOnes().get(0).localBehindNat());
    assertFalse(b.phaseOnes().get(0).remoteBehindNat() || b.phaseOnes().get(0).localBehindNat());
  }

  /** One NAT-D payload says nothing; the peer is taken for one that does without. */
  @Test
  void aSingleHashIsNoDiscovery() throws Exception {
    Changed session =
        new Changed(
            EncapsulationMode.TUNNEL,
            payloads -> {
              for (int i = 0; i < payloads.size(); i++) {
                if (payloads.get(i) instanceof NatDetection) {
                  payloads.remove(i);
                  break;
                }
              }
              return payloads;
            });
    assertTrue(Net.usable(session.a, session.b));
    assertNull(session.b.sas(Direction.INBOUND).get(0).udpEncapsulation());
  }
}
