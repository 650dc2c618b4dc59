package dev.zuido.testkit.ike;

import static dev.zuido.testkit.ike.IsakmpArbitraries.bytes;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.TransformId;
import dev.zuido.testkit.ike.IkeExchange.Kind;
import dev.zuido.testkit.ike.IkeExchange.Sent;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Whole exchanges in three grades: valid, odd but legal, and with exactly one rule broken. */
public final class ExchangeArbitraries {
  private ExchangeArbitraries() {}

  /** Exchanges as the RFCs show them. */
  public static Arbitrary<IkeExchange> exchanges() {
    return Arbitraries.of(Kind.class).flatMap(ExchangeArbitraries::exchanges);
  }

  /** Exchanges of a kind as the RFCs show them. */
  public static Arbitrary<IkeExchange> exchanges(Kind kind) {
    return switch (kind) {
      case MAIN_MODE -> phaseOne().map(Said::mainMode);
      case AGGRESSIVE_MODE -> phaseOne().map(Said::aggressiveMode);
      case QUICK_MODE -> phaseTwo();
      case NEW_GROUP_MODE -> newGroupMode();
      case INFORMATIONAL -> informational();
    };
  }

  /**
   * Exchanges that are odd, but legal: payloads that nobody knows and vendor IDs in any message,
   * payloads behind the first in another order, the shortest and the longest nonces.
   */
  public static Arbitrary<IkeExchange> oddExchanges() {
    Arbitrary<List<Payload>> extras =
        Arbitraries.<Payload>oneOf(
                IsakmpArbitraries.vendorIds().map(each -> (Payload) each),
                IsakmpArbitraries.unknownPayloads().map(each -> (Payload) each))
            .list()
            .ofMaxSize(3);
    return Combinators.combine(
            exchanges(), extras, Arbitraries.integers(), Arbitraries.of(8, 9, 255, 256))
        .as(ExchangeArbitraries::made);
  }

  private static IkeExchange made(IkeExchange plain, List<Payload> extras, int where, int nonce) {
    int number = Math.floorMod(where, plain.messages().size()) + 1;
    List<Payload> payloads = new ArrayList<>(plain.message(number).payloads());
    payloads.replaceAll(
        each -> each instanceof Nonce ? new Nonce(ByteString.of(new byte[nonce])) : each);
    payloads.addAll(extras);
    if (where % 2 == 0) {
      Collections.reverse(payloads.subList(1, payloads.size()));
    }
    return plain.withPayloads(number, payloads);
  }

  /** Exchanges in which one rule is broken. */
  public static Arbitrary<BrokenExchange> brokenExchanges() {
    return Arbitraries.of(ExchangeRule.class)
        .flatMap(
            rule -> {
              List<Kind> kinds = Arrays.stream(Kind.values()).filter(rule::isAbout).toList();
              return Arbitraries.of(kinds).flatMap(kind -> exchanges(kind).map(rule::broken));
            });
  }

  /** Phase 1's transforms, with attributes that have names. */
  public static Arbitrary<Transform> phaseOneTransforms() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 8),
            Arbitraries.integers().between(1, 6),
            Arbitraries.of(1, 2, 5, 14, 19, 31),
            Arbitraries.of(1, 3),
            Arbitraries.longs().between(60, Integer.MAX_VALUE))
        .as(
            (cipher, hash, group, method, seconds) ->
                new Transform(
                    1,
                    TransformId.KEY_IKE,
                    List.of(
                        DataAttribute.of(PhaseOneAttribute.ENCRYPTION_ALGORITHM, cipher),
                        DataAttribute.of(PhaseOneAttribute.HASH_ALGORITHM, hash),
                        DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, group),
                        DataAttribute.of(PhaseOneAttribute.AUTHENTICATION_METHOD, method),
                        DataAttribute.of(
                            PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LifeType.SECONDS),
                        DataAttribute.of(PhaseOneAttribute.LIFE_DURATION, seconds))));
  }

  /** Phase 2's transforms of ESP, with attributes that have names. */
  public static Arbitrary<Transform> espTransforms() {
    return Combinators.combine(
            Arbitraries.of(2, 3, 11, 12, 13, 18, 20, 23),
            Arbitraries.of(0, 128, 192, 256),
            Arbitraries.of(1, 2, 5, 6, 7, 9),
            Arbitraries.of(1, 2, 3, 4))
        .as(
            (id, bits, authentication, mode) -> {
              List<DataAttribute> attributes = new ArrayList<>();
              attributes.add(DataAttribute.of(IpsecAttribute.ENCAPSULATION_MODE, mode));
              attributes.add(
                  DataAttribute.of(IpsecAttribute.AUTHENTICATION_ALGORITHM, authentication));
              if (bits != 0) {
                attributes.add(DataAttribute.of(IpsecAttribute.KEY_LENGTH, bits));
              }
              return new Transform(1, id, attributes);
            });
  }

  private static SecurityAssociation sa(
      int protocolId, ByteString spi, List<Transform> transforms) {
    return SecurityAssociation.of(List.of(new Proposal(1, protocolId, spi, transforms)));
  }

  private static Arbitrary<Cookie> cookies() {
    return IsakmpArbitraries.cookies().filter(cookie -> !cookie.isZero());
  }

  /** One side of phase 1. */
  private record Side(Cookie cookie, KeyExchange key, Nonce nonce, Identification id, Hash hash) {}

  private static Arbitrary<Side> sides() {
    return Combinators.combine(
            cookies(),
            bytes(32, 128).map(KeyExchange::new),
            bytes(8, 256).map(Nonce::new),
            IsakmpArbitraries.identifications(),
            bytes(16, 64).map(Hash::new))
        .as(Side::new);
  }

  private static Arbitrary<Said> phaseOne() {
    return Combinators.combine(
            sides(), sides(), phaseOneTransforms().list().ofMinSize(1).ofMaxSize(4))
        .as(Said::new);
  }

  /** All that is said in phase 1. */
  private record Said(Side initiator, Side responder, List<Transform> offered) {
    private SecurityAssociation offer() {
      return sa(ProtocolId.ISAKMP, ByteString.EMPTY, offered);
    }

    private SecurityAssociation answer() {
      return sa(
          ProtocolId.ISAKMP, ByteString.EMPTY, offered.subList(offered.size() - 1, offered.size()));
    }

    private Sent sent(Kind kind, Role role, boolean first, Payload... payloads) {
      return new Sent(
          role,
          IsakmpMessage.of(
              initiator.cookie,
              first ? Cookie.ZERO : responder.cookie,
              kind.exchangeType(),
              0,
              0,
              PayloadChain.of(payloads)));
    }

    private IkeExchange mainMode() {
      Kind kind = Kind.MAIN_MODE;
      return new IkeExchange(
          kind,
          List.of(
              sent(kind, Role.INITIATOR, true, offer()),
              sent(kind, Role.RESPONDER, false, answer()),
              sent(kind, Role.INITIATOR, false, initiator.key, initiator.nonce),
              sent(kind, Role.RESPONDER, false, responder.key, responder.nonce),
              sent(kind, Role.INITIATOR, false, initiator.id, initiator.hash),
              sent(kind, Role.RESPONDER, false, responder.id, responder.hash)));
    }

    private IkeExchange aggressiveMode() {
      Kind kind = Kind.AGGRESSIVE_MODE;
      return new IkeExchange(
          kind,
          List.of(
              sent(
                  kind,
                  Role.INITIATOR,
                  true,
                  offer(),
                  initiator.key,
                  initiator.nonce,
                  initiator.id),
              sent(
                  kind,
                  Role.RESPONDER,
                  false,
                  answer(),
                  responder.key,
                  responder.nonce,
                  responder.id,
                  responder.hash),
              sent(kind, Role.INITIATOR, false, initiator.hash)));
    }
  }

  private static Sent sent(
      Kind kind, Role role, Side initiator, Side responder, int messageId, List<Payload> payloads) {
    return new Sent(
        role,
        IsakmpMessage.of(
            initiator.cookie,
            responder.cookie,
            kind.exchangeType(),
            0,
            messageId,
            PayloadChain.of(payloads)));
  }

  private static Arbitrary<Integer> messageIds() {
    return Arbitraries.integers().filter(id -> id != 0);
  }

  private static Arbitrary<IkeExchange> phaseTwo() {
    return Combinators.combine(
            sides(),
            sides(),
            espTransforms().list().ofMinSize(1).ofMaxSize(4),
            messageIds(),
            Arbitraries.of(true, false),
            Arbitraries.of(true, false))
        .as(ExchangeArbitraries::quickMode);
  }

  private static IkeExchange quickMode(
      Side initiator,
      Side responder,
      List<Transform> offered,
      int id,
      boolean identities,
      boolean pfs) {
    Kind kind = Kind.QUICK_MODE;
    ByteString spi = ByteString.of(new byte[] {1, 2, 3, 4});
    List<Payload> first = new ArrayList<>();
    first.add(initiator.hash);
    first.add(sa(ProtocolId.ESP, spi, offered));
    first.add(initiator.nonce);
    List<Payload> second = new ArrayList<>();
    second.add(responder.hash);
    second.add(sa(ProtocolId.ESP, spi, offered.subList(0, 1)));
    second.add(responder.nonce);
    if (pfs) {
      first.add(initiator.key);
      second.add(responder.key);
    }
    if (identities) {
      first.addAll(List.of(initiator.id, responder.id));
      second.addAll(List.of(initiator.id, responder.id));
    }
    return new IkeExchange(
        kind,
        List.of(
            sent(kind, Role.INITIATOR, initiator, responder, id, first),
            sent(kind, Role.RESPONDER, initiator, responder, id, second),
            sent(kind, Role.INITIATOR, initiator, responder, id, List.of(initiator.hash))));
  }

  private static Arbitrary<IkeExchange> newGroupMode() {
    return Combinators.combine(sides(), sides(), messageIds(), bytes(16, 64))
        .as(
            (initiator, responder, id, prime) -> {
              Kind kind = Kind.NEW_GROUP_MODE;
              Transform group =
                  new Transform(
                      1,
                      TransformId.KEY_IKE,
                      List.of(
                          DataAttribute.of(PhaseOneAttribute.GROUP_DESCRIPTION, 32_768),
                          DataAttribute.of(
                              PhaseOneAttribute.GROUP_TYPE, PhaseOneAttribute.GroupType.MODP),
                          new DataAttribute.Variable(PhaseOneAttribute.GROUP_PRIME, prime),
                          DataAttribute.of(PhaseOneAttribute.GROUP_GENERATOR_ONE, 2)));
              SecurityAssociation offer = sa(ProtocolId.ISAKMP, ByteString.EMPTY, List.of(group));
              return new IkeExchange(
                  kind,
                  List.of(
                      sent(
                          kind,
                          Role.INITIATOR,
                          initiator,
                          responder,
                          id,
                          List.of(initiator.hash, offer)),
                      sent(
                          kind,
                          Role.RESPONDER,
                          initiator,
                          responder,
                          id,
                          List.of(responder.hash, offer))));
            });
  }

  private static Arbitrary<IkeExchange> informational() {
    Arbitrary<List<Payload>> payloads =
        Arbitraries.<Payload>oneOf(
                IsakmpArbitraries.notifications().map(each -> (Payload) each),
                IsakmpArbitraries.deletes().map(each -> (Payload) each))
            .list()
            .ofMinSize(1)
            .ofMaxSize(4);
    return Combinators.combine(sides(), sides(), messageIds(), payloads)
        .as(
            (initiator, responder, id, said) -> {
              List<Payload> all = new ArrayList<>();
              all.add(initiator.hash);
              all.addAll(said);
              Kind kind = Kind.INFORMATIONAL;
              return new IkeExchange(
                  kind, List.of(sent(kind, Role.INITIATOR, initiator, responder, id, all)));
            });
  }
}
