package dev.zuido.testkit.ike.flaws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.DropReason;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.testkit.ike.BrokenMessage;
import dev.zuido.testkit.ike.BrokenRule;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Carriage;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.RawPayload;
import dev.zuido.testkit.ike.impairment.Reaction;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in informational exchanges (feature-anchors 3.1). */
class InformationalFlawsTest {
  private static final int[] EXCHANGES = {
    ExchangeType.IDENTITY_PROTECTION,
    ExchangeType.AGGRESSIVE,
    ExchangeType.INFORMATIONAL,
    ExchangeType.QUICK_MODE,
    ExchangeType.NEW_GROUP_MODE
  };

  /** The message ID: what stands before it names the SA and says how to read the message. */
  private static final int FIRST_COVERED = 20;

  private static ByteString cookies(Cookie initiator, Cookie responder) {
    byte[] bytes = new byte[16];
    BigEndian.putLong(bytes, 0, initiator.value());
    BigEndian.putLong(bytes, 8, responder.value());
    return ByteString.of(bytes);
  }

  private static ByteString message(
      Cookie initiator, Cookie responder, int flags, int id, Payload... payloads) {
    ByteBuf out = Unpooled.buffer();
    PayloadChain chain = PayloadChain.of(payloads);
    boolean encrypted = (flags & IsakmpHeader.FLAG_ENCRYPTION) != 0;
    IsakmpMessage.of(
            initiator,
            responder,
            ExchangeType.INFORMATIONAL,
            flags,
            id,
            encrypted ? chain.padded(16) : chain)
        .encode(out);
    return ByteString.read(out, out.readableBytes());
  }

  private static List<Payload> alarming(ByteString cookies) {
    ByteString sequence = ByteString.of(new byte[] {0, 0, 0, 9});
    List<Payload> payloads = new ArrayList<>();
    for (int type :
        new int[] {
          NotifyType.R_U_THERE,
          NotifyType.R_U_THERE_ACK,
          NotifyType.INITIAL_CONTACT,
          NotifyType.INVALID_SPI,
          NotifyType.INVALID_COOKIE,
          NotifyType.AUTHENTICATION_FAILED,
          NotifyType.CISCO_KEEPALIVE,
          NotifyType.CONNECTED
        }) {
      payloads.add(new Notification(1, ProtocolId.ISAKMP, type, cookies, sequence));
      payloads.add(new Notification(0, 0, type, ByteString.EMPTY, ByteString.EMPTY));
    }
    payloads.add(new Delete(1, ProtocolId.ISAKMP, 16, List.of(cookies)));
    payloads.add(new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ESP, 0, List.of()));
    return payloads;
  }

  /**
   * Any informational message, any pair of cookies, in every state: none, half-open, there, gone.
   */
  private static void alarm(ByteString datagram, Carriage to) {
    byte[] bytes = datagram.toArray();
    Cookie initiator = new Cookie(BigEndian.getLong(bytes, 0));
    Cookie responder = new Cookie(BigEndian.getLong(bytes, 8));
    for (Cookie first : List.of(initiator, responder, Cookie.ZERO, new Cookie(77))) {
      for (Cookie second : List.of(responder, initiator, Cookie.ZERO, new Cookie(78))) {
        for (Payload payload : alarming(cookies(first, second))) {
          for (int flags = 0; flags < 8; flags++) {
            to.send(message(first, second, flags, 5, payload));
          }
          to.send(message(first, second, 0, 0, payload));
        }
      }
    }
  }

  @Test
  void cve20090790InformationalMessagesInAnyStateChangeNothing() {
    Tampering.assertHarmless(11, InformationalFlawsTest::alarm);
  }

  /** Nothing that an error could be hung on is there: no SA, and after its deletion. */
  @Test
  void cve20090790InformationalMessagesWithoutAnSaGetNoAnswer() {
    TwoPeers scene = Tampering.scene(12);
    assertTrue(scene.peer().handshake());
    long sent = scene.gateway().engine().counters().sent();
    Endpoint gateway = Endpoint.isakmp(TwoPeers.GATEWAY);
    for (Payload payload : alarming(cookies(new Cookie(1), new Cookie(2)))) {
      for (int flags = 0; flags < 8; flags++) {
        ByteString datagram = message(new Cookie(1), new Cookie(2), flags, 9, payload);
        scene.gateway().deliver(datagram, gateway, Endpoint.isakmp(TwoPeers.PEER));
        scene.gateway().deliver(datagram, gateway, Endpoint.isakmp(TwoPeers.OTHER));
      }
    }
    assertEquals(sent, scene.gateway().engine().counters().sent());
    assertEquals("", scene.difference());
  }

  /** Every bit of an encrypted informational message altered, from its message ID on. */
  @Test
  void cve201910155AnInformationalMessageIsNotObeyedWithoutItsHash() {
    for (Step step : List.of(Step.PROBE, Step.DELETE_CHILD, Step.DELETE_PHASE_ONE)) {
      TwoPeers scene = Tampering.scene(13);
      Reaction reaction =
          scene
              .peer()
              .initiate(
                  step,
                  Tampering.before(
                      (datagram, to) -> {
                        long sent = scene.gateway().engine().counters().sent();
                        int pairs = scene.gateway().engine().snapshot().childSas().size();
                        int phaseOnes = scene.gateway().engine().snapshot().isakmpSas().size();
                        for (int i = FIRST_COVERED; i < datagram.length(); i++) {
                          for (int bit = 0; bit < 8; bit++) {
                            to.send(Tampering.withByte(datagram, i, datagram.byteAt(i) ^ 1 << bit));
                          }
                        }
                        assertEquals(sent, scene.gateway().engine().counters().sent());
                        assertEquals(pairs, scene.gateway().engine().snapshot().childSas().size());
                        assertEquals(
                            phaseOnes, scene.gateway().engine().snapshot().isakmpSas().size());
                      }));
      assertTrue(reaction.completed(), reaction::toString);
      Tampering.assertSurvived(scene, reaction);
    }
  }

  /** A message of one to six deletes of one SA, and of notifies about it. */
  @Test
  void cve202338712DeletesAndNotifiesOfWhatIsGone() {
    for (Step step : List.of(Step.DELETE_CHILD, Step.DELETE_PHASE_ONE)) {
      for (int pattern = 1; pattern < 64; pattern++) {
        TwoPeers scene = Tampering.scene(14);
        int bits = pattern;
        Impairment several =
            Tampering.content(
                draft -> {
                  RawPayload delete = draft.payloads().get(0);
                  RawPayload notify =
                      RawPayload.of(
                          new Notification(
                              1,
                              ProtocolId.ISAKMP,
                              bits % 2 == 0 ? NotifyType.R_U_THERE : NotifyType.INITIAL_CONTACT,
                              cookies(draft.initiatorCookie(), draft.responderCookie()),
                              ByteString.of(new byte[] {0, 0, 1, 1})));
                  for (int i = 0; i < 6; i++) {
                    draft.payloads().add((bits >> i & 1) == 0 ? delete : notify);
                  }
                });
        Tampering.assertSurvived(scene, scene.peer().initiate(step, several));
      }
    }
  }

  /** Whatever is dropped can be shown, in every state: the outputs are what a log is made of. */
  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void cve20201763And202223094WhatIsDroppedCanBeShown(
      @ForAll("corpora") List<BrokenMessage> broken) {
    List<ByteString> corpus = inEveryExchange(broken);
    for (Role role : Role.values()) {
      TwoPeers scene = Tampering.scene(15);
      for (Step step : Tampering.steps(scene, role)) {
        Reaction reaction =
            Tampering.run(
                scene,
                role,
                step,
                Tampering.before(
                    (datagram, to) -> {
                      for (ByteString each : corpus) {
                        to.send(each);
                        to.send(withCookiesOf(each, datagram));
                      }
                    }));
        long dropped = 0;
        for (IkeOutput output : scene.gateway().outputs()) {
          assertFalse(output.toString().isEmpty());
          dropped += output instanceof IkeOutput.Dropped ? 1 : 0;
        }
        assertTrue(dropped >= corpus.size(), () -> reaction + ": not enough was dropped");
        assertTrue(reaction.completed(), reaction::toString);
        Tampering.assertSurvived(scene, reaction);
      }
      assertTrue(
          scene.gateway().engine().counters().dropped().get(DropReason.MALFORMED) >= corpus.size());
    }
  }

  private static ByteString withCookiesOf(ByteString broken, ByteString datagram) {
    byte[] bytes = broken.toArray();
    System.arraycopy(datagram.toArray(), 0, bytes, 0, Math.min(16, bytes.length));
    return ByteString.of(bytes);
  }

  private static List<ByteString> inEveryExchange(List<BrokenMessage> broken) {
    List<ByteString> corpus = new ArrayList<>();
    for (BrokenMessage each : broken) {
      for (int exchange : EXCHANGES) {
        if (each.bytes().length() > 18) {
          corpus.add(Tampering.withByte(each.bytes(), 18, exchange));
        }
      }
    }
    return corpus;
  }

  @Provide
  Arbitrary<List<BrokenMessage>> corpora() {
    return BrokenRule.anyMessages().list().ofSize(40);
  }
}
