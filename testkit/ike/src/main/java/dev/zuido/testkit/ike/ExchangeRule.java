package dev.zuido.testkit.ike;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.Proposal;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.ike.message.VendorId;
import dev.zuido.testkit.ike.IkeExchange.Kind;
import dev.zuido.testkit.ike.IkeExchange.Sent;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rule of an exchange beyond the encoding of its messages, with a way to break it alone. */
public enum ExchangeRule {
  /** The initiator's cookie is not zero. */
  INITIATOR_COOKIE(
      "RFC 2408 section 2.5.3",
      EnumSet.allOf(Kind.class),
      e -> e.messages().stream().noneMatch(m -> header(m).initiatorCookie().isZero()),
      e -> everyHeader(e, Cookie.ZERO, null, null)),
  /** All messages have the initiator's cookie of the first. */
  COOKIES_STAY(
      "RFC 2408 section 2.5.3",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE, Kind.QUICK_MODE),
      e -> e.messages().stream().map(m -> header(m).initiatorCookie()).distinct().count() == 1,
      e -> lastHeader(e, other(header(e.messages().get(0)).initiatorCookie()))),
  /** In phase 1's first message the responder's cookie is zero. */
  NO_RESPONDER_COOKIE_AT_FIRST(
      "RFC 2408 section 3.1",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> e.message(1).header().responderCookie().isZero(),
      e -> e.with(1, withHeader(e.messages().get(0), null, new Cookie(5), null))),
  /** In phase 1 the message ID is zero. */
  NO_MESSAGE_ID_IN_PHASE_ONE(
      "RFC 2408 section 3.1",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> e.messages().stream().allMatch(m -> header(m).messageId() == 0),
      e -> everyHeader(e, null, null, 6)),
  /** In phase 2 the message ID is not zero. */
  MESSAGE_ID_IN_PHASE_TWO(
      "RFC 2409 section 5.5",
      EnumSet.of(Kind.QUICK_MODE, Kind.NEW_GROUP_MODE, Kind.INFORMATIONAL),
      e -> e.messages().stream().noneMatch(m -> header(m).messageId() == 0),
      e -> everyHeader(e, null, null, 0)),
  /** In phase 1 the SA payload stands before all others. */
  SA_FIRST(
      "RFC 2409 section 5",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> first(e, 1) instanceof SecurityAssociation && first(e, 2) instanceof SecurityAssociation,
      e -> e.withPayloads(1, prepended(new VendorId(ByteString.EMPTY), e.message(1)))),
  /** In phase 2 the HASH payload stands before all others. */
  HASH_FIRST(
      "RFC 2409 section 5.5",
      EnumSet.of(Kind.QUICK_MODE, Kind.NEW_GROUP_MODE, Kind.INFORMATIONAL),
      e -> e.messages().stream().allMatch(m -> m.message().payloads().get(0) instanceof Hash),
      e -> e.withPayloads(1, prepended(new VendorId(ByteString.EMPTY), e.message(1)))),
  /** The responder answers with one transform. */
  ONE_TRANSFORM_ANSWERED(
      "RFC 2408 section 4.2",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE, Kind.QUICK_MODE),
      e -> answered(e).stream().mapToInt(p -> p.transforms().size()).sum() == 1,
      e -> answering(e, t -> List.of(t, t))),
  /** The responder answers with a transform that was offered, unaltered. */
  ANSWER_IS_OFFERED(
      "RFC 2409 section 5",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE, Kind.QUICK_MODE),
      e ->
          answered(e).stream()
              .allMatch(p -> transforms(sa(e.message(1))).containsAll(p.transforms())),
      e -> answering(e, t -> List.of(new Transform(t.number(), t.id() ^ 0x80, t.attributes())))),
  /** A nonce has 8 to 256 bytes. */
  NONCE_LENGTH(
      "RFC 2409 section 5",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE, Kind.QUICK_MODE),
      e -> nonces(e).stream().allMatch(n -> n.data().length() >= 8 && n.data().length() <= 256),
      e -> replaced(e, Nonce.class, new Nonce(ByteString.of(new byte[7])))),
  /** Each side sends a nonce. */
  NONCES(
      "RFC 2409 section 5",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE, Kind.QUICK_MODE),
      e -> nonces(e).size() == 2,
      e -> without(e, Nonce.class)),
  /** Each side sends a public value; in quick mode both or neither. */
  PUBLIC_VALUES(
      "RFC 2409 sections 5.4 and 5.5",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> count(e, KeyExchange.class) == 2,
      e -> without(e, KeyExchange.class)),
  /** Quick mode has two identities in a message, or none. */
  IDENTITIES_IN_PAIRS(
      "RFC 2409 section 5.5",
      EnumSet.of(Kind.QUICK_MODE),
      e ->
          e.messages().stream()
              .allMatch(m -> m.message().payloads(Identification.class).size() % 2 == 0),
      e -> appended(e, new Identification(1, 0, 0, ByteString.of(new byte[4])))),
  /** Each side says who it is. */
  IDENTITIES(
      "RFC 2409 section 5.4",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> count(e, Identification.class) == 2,
      e -> without(e, Identification.class)),
  /** Each side proves with a HASH who it is. */
  PROOFS(
      "RFC 2409 section 5.4",
      EnumSet.of(Kind.MAIN_MODE, Kind.AGGRESSIVE_MODE),
      e -> count(e, Hash.class) == 2,
      e -> without(e, Hash.class));

  private final String section;

  // These are functions without state, and a set that nobody changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Kind> kinds;

  @SuppressWarnings("ImmutableEnumChecker")
  private final Predicate<IkeExchange> kept;

  @SuppressWarnings("ImmutableEnumChecker")
  private final UnaryOperator<IkeExchange> damage;

  ExchangeRule(
      String section,
      Set<Kind> kinds,
      Predicate<IkeExchange> kept,
      UnaryOperator<IkeExchange> damage) {
    this.section = section;
    this.kinds = kinds;
    this.kept = kept;
    this.damage = damage;
  }

  /** Where the rule stands. */
  public String section() {
    return section;
  }

  /** Whether the rule is about exchanges of a kind. */
  public boolean isAbout(Kind kind) {
    return kinds.contains(kind);
  }

  /** Whether an exchange keeps the rule. */
  public boolean isKeptBy(IkeExchange exchange) {
    return !isAbout(exchange.kind()) || kept.test(exchange);
  }

  /** The exchange with this rule broken, and no other. */
  public BrokenExchange broken(IkeExchange exchange) {
    if (!isAbout(exchange.kind())) {
      throw new IllegalArgumentException(this + " is not about " + exchange.kind());
    }
    return new BrokenExchange(this, damage.apply(exchange));
  }

  private static IsakmpHeader header(Sent sent) {
    return sent.message().header();
  }

  private static Payload first(IkeExchange exchange, int number) {
    return exchange.message(number).payloads().get(0);
  }

  private static SecurityAssociation sa(IsakmpMessage message) {
    return message.payload(SecurityAssociation.class).orElseThrow();
  }

  private static List<Proposal> answered(IkeExchange exchange) {
    return sa(exchange.message(2)).proposals();
  }

  private static List<Transform> transforms(SecurityAssociation sa) {
    return sa.proposals().stream().flatMap(p -> p.transforms().stream()).toList();
  }

  private static List<Nonce> nonces(IkeExchange exchange) {
    return exchange.messages().stream()
        .flatMap(m -> m.message().payloads(Nonce.class).stream())
        .toList();
  }

  private static long count(IkeExchange exchange, Class<? extends Payload> kind) {
    return exchange.messages().stream().mapToLong(m -> m.message().payloads(kind).size()).sum();
  }

  private static List<Payload> prepended(Payload payload, IsakmpMessage message) {
    List<Payload> payloads = new ArrayList<>(message.payloads());
    payloads.add(0, payload);
    return payloads;
  }

  private static IkeExchange appended(IkeExchange exchange, Payload payload) {
    List<Payload> payloads = new ArrayList<>(exchange.message(1).payloads());
    payloads.add(payload);
    return exchange.withPayloads(1, payloads);
  }

  private static IkeExchange answering(
      IkeExchange exchange, Function<Transform, List<Transform>> change) {
    Proposal chosen = answered(exchange).get(0);
    SecurityAssociation other =
        SecurityAssociation.of(
            List.of(
                new Proposal(
                    chosen.number(),
                    chosen.protocolId(),
                    chosen.spi(),
                    change.apply(chosen.transforms().get(0)))));
    List<Payload> payloads = new ArrayList<>(exchange.message(2).payloads());
    payloads.replaceAll(each -> each instanceof SecurityAssociation ? other : each);
    return exchange.withPayloads(2, payloads);
  }

  /** The last message that has a payload of a kind gets another one. */
  private static IkeExchange replaced(
      IkeExchange exchange, Class<? extends Payload> kind, Payload other) {
    int number = lastWith(exchange, kind);
    List<Payload> payloads = new ArrayList<>(exchange.message(number).payloads());
    payloads.replaceAll(each -> kind.isInstance(each) ? other : each);
    return exchange.withPayloads(number, payloads);
  }

  private static IkeExchange without(IkeExchange exchange, Class<? extends Payload> kind) {
    int number = lastWith(exchange, kind);
    List<Payload> payloads = new ArrayList<>(exchange.message(number).payloads());
    payloads.removeIf(kind::isInstance);
    return exchange.withPayloads(number, payloads);
  }

  private static int lastWith(IkeExchange exchange, Class<? extends Payload> kind) {
    int number = exchange.messages().size();
    while (exchange.message(number).payload(kind).isEmpty()) {
      number--;
    }
    return number;
  }

  private static IkeExchange everyHeader(
      IkeExchange exchange,
      @Nullable Cookie initiator,
      @Nullable Cookie responder,
      @Nullable Integer messageId) {
    return new IkeExchange(
        exchange.kind(),
        exchange.messages().stream()
            .map(each -> withHeader(each, initiator, responder, messageId))
            .toList());
  }

  /** Another cookie, which is none's zero either. */
  private static Cookie other(Cookie cookie) {
    return new Cookie(cookie.value() == 1 ? 2 : 1);
  }

  private static IkeExchange lastHeader(IkeExchange exchange, Cookie initiator) {
    int last = exchange.messages().size();
    return exchange.with(
        last, withHeader(exchange.messages().get(last - 1), initiator, null, null));
  }

  private static Sent withHeader(
      Sent sent,
      @Nullable Cookie initiator,
      @Nullable Cookie responder,
      @Nullable Integer messageId) {
    IsakmpHeader header = header(sent);
    return new Sent(
        sent.role(),
        IsakmpMessage.of(
            initiator == null ? header.initiatorCookie() : initiator,
            responder == null ? header.responderCookie() : responder,
            header.exchangeType(),
            header.flags(),
            messageId == null ? header.messageId() : messageId,
            sent.message().chain()));
  }
}
