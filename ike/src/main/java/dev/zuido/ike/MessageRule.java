package dev.zuido.ike;

import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.SecurityAssociation;
import java.util.List;
import java.util.Optional;

/**
 * Which payloads a message must and may have. Vendor IDs, notifications, certificate requests, NAT
 * discovery and payloads of unknown types may stand anywhere; those that carry an exchange's own
 * matter stand where they belong, and once.
 */
enum MessageRule {
  /** HDR, SA. */
  MAIN_MODE_SA(PayloadType.SECURITY_ASSOCIATION, List.of(SecurityAssociation.class)),
  /** HDR, KE, Ni. */
  MAIN_MODE_KEY(PayloadType.NONE, List.of(KeyExchange.class, Nonce.class)),
  /** HDR*, IDii, HASH_I. */
  MAIN_MODE_IDENTITY(PayloadType.NONE, List.of(Identification.class, Hash.class)),
  /** HDR*, HASH(1), SA, Ni [, KE] [, IDci, IDcr]; the second message is alike. */
  QUICK_MODE_SA(PayloadType.HASH, List.of(Hash.class, SecurityAssociation.class, Nonce.class)),
  /** HDR*, HASH(3). */
  QUICK_MODE_HASH(PayloadType.HASH, List.of(Hash.class)),
  /** HDR*, HASH(1), N/D. */
  INFORMATIONAL(PayloadType.HASH, List.of(Hash.class));

  /** The payloads that belong to one place. */
  private static final List<Class<? extends Payload>> OWN_MATTER =
      List.of(
          SecurityAssociation.class,
          KeyExchange.class,
          Nonce.class,
          Identification.class,
          Hash.class);

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
