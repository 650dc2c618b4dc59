package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Signature;
import java.util.List;
import java.util.Optional;

/**
 * Which payloads a message must and may have. Vendor IDs, notifications, certificates and requests
 * for them (RFC 2408 section 3.9), NAT discovery and payloads of unknown types may stand anywhere;
 * those that carry an exchange's own matter stand where they belong, and once.
 */
enum MessageRule {
  /** HDR, SA. */
  MAIN_MODE_SA(PayloadType.SECURITY_ASSOCIATION, List.of(SecurityAssociation.class)),
  /** HDR, KE, Ni. */
  MAIN_MODE_KEY(PayloadType.NONE, List.of(KeyExchange.class, Nonce.class)),
  /** HDR*, IDii, HASH_I. */
  MAIN_MODE_IDENTITY(PayloadType.NONE, List.of(Identification.class, Hash.class)),
  /** HDR*, IDii, [CERT,] SIG_I. */
  MAIN_MODE_SIGNATURE(PayloadType.NONE, List.of(Identification.class, Signature.class)),
  /** HDR, SA, KE, Ni, IDii. */
  AGGRESSIVE_OFFER(
      PayloadType.SECURITY_ASSOCIATION,
      List.of(SecurityAssociation.class, KeyExchange.class, Nonce.class, Identification.class)),
  /** HDR, SA, KE, Nr, IDir, HASH_R. */
  AGGRESSIVE_ANSWER(
      PayloadType.SECURITY_ASSOCIATION,
      List.of(
          SecurityAssociation.class,
          KeyExchange.class,
          Nonce.class,
          Identification.class,
          Hash.class)),
  /** HDR, SA, KE, Nr, IDir, [CERT,] SIG_R. */
  AGGRESSIVE_SIGNED_ANSWER(
      PayloadType.SECURITY_ASSOCIATION,
      List.of(
          SecurityAssociation.class,
          KeyExchange.class,
          Nonce.class,
          Identification.class,
          Signature.class)),
  /** HDR[*], HASH_I. */
  AGGRESSIVE_HASH(PayloadType.NONE, List.of(Hash.class)),
  /** HDR[*], [CERT,] SIG_I. */
  AGGRESSIVE_SIGNATURE(PayloadType.NONE, List.of(Signature.class)),
  /** HDR*, HASH(1), SA, Ni [, KE] [, IDci, IDcr]; the second message is alike. */
  QUICK_MODE_SA(PayloadType.HASH, List.of(Hash.class, SecurityAssociation.class, Nonce.class)),
  /** HDR*, HASH(3). */
  QUICK_MODE_HASH(PayloadType.HASH, List.of(Hash.class)),
  /** HDR*, HASH(1), SA. */
  NEW_GROUP(PayloadType.HASH, List.of(Hash.class, SecurityAssociation.class)),
  /** HDR*, HASH(1), N/D. */
  INFORMATIONAL(PayloadType.HASH, List.of(Hash.class));

  /** The payloads that belong to one place. */
  private static final List<Class<? extends Payload>> OWN_MATTER =
      List.of(
          SecurityAssociation.class,
          KeyExchange.class,
          Nonce.class,
          Identification.class,
          Hash.class,
          Signature.class);

  private static final int MIN_NONCE = 8;
  private static final int MAX_NONCE = 256;

  private final int first;

  // The classes are constants.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Class<? extends Payload>> required;

  MessageRule(int first, List<Class<? extends Payload>> required) {
    this.first = first;
    this.required = required;
  }

  /** Whether a message's payloads break it; then the message was dropped. */
  boolean isBrokenBy(Received message, EngineContext context) {
    Optional<String> violation = violation(message.chain());
    violation.ifPresent(
        text -> context.outbox.drop(DropReason.BAD_PAYLOADS, message.remote(), text));
    return violation.isPresent();
  }

  /** What is wrong with a message's payloads, or empty. */
  Optional<String> violation(PayloadChain chain) {
    if (first != PayloadType.NONE && chain.firstType() != first) {
      return Optional.of("the first payload is not " + PayloadType.nameOf(first));
    }
    for (Class<? extends Payload> kind : OWN_MATTER) {
      int count = chain.payloads(kind).size();
      boolean legal =
          required.contains(kind)
              ? count == 1
              : count == 0 || (this == QUICK_MODE_SA && mayAdd(kind, count));
      if (!legal) {
        return Optional.of(count + " payloads of the kind " + kind.getSimpleName());
      }
    }
    for (Nonce nonce : chain.payloads(Nonce.class)) {
      if (nonce.data().length() < MIN_NONCE || nonce.data().length() > MAX_NONCE) {
        return Optional.of("a nonce of " + nonce.data().length() + " bytes");
      }
    }
    return Optional.empty();
  }

  private static boolean mayAdd(Class<? extends Payload> kind, int count) {
    return kind == KeyExchange.class ? count == 1 : kind == Identification.class && count == 2;
  }
}
