package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.testkit.ike.Role;
import java.util.Set;

/** A message that a scripted peer sends, as a place where it can be impaired. */
public enum Step {
  /** HDR, SA (RFC 2409 section 5.4). */
  MAIN_MODE_1(ExchangeType.IDENTITY_PROTECTION, Role.INITIATOR, false, Kinds.SA),
  /** HDR, SA. */
  MAIN_MODE_2(ExchangeType.IDENTITY_PROTECTION, Role.RESPONDER, false, Kinds.SA),
  /** HDR, KE, Ni. */
  MAIN_MODE_3(ExchangeType.IDENTITY_PROTECTION, Role.INITIATOR, false, Kinds.KE, Kinds.NONCE),
  /** HDR, KE, Nr. */
  MAIN_MODE_4(ExchangeType.IDENTITY_PROTECTION, Role.RESPONDER, false, Kinds.KE, Kinds.NONCE),
  /** HDR*, IDii, HASH_I. */
  MAIN_MODE_5(ExchangeType.IDENTITY_PROTECTION, Role.INITIATOR, true, Kinds.ID, Kinds.HASH),
  /** HDR*, IDir, HASH_R. */
  MAIN_MODE_6(ExchangeType.IDENTITY_PROTECTION, Role.RESPONDER, true, Kinds.ID, Kinds.HASH),
  /** HDR, SA, KE, Ni, IDii (RFC 2409 section 5.4). */
  AGGRESSIVE_1(
      ExchangeType.AGGRESSIVE, Role.INITIATOR, false, Kinds.SA, Kinds.KE, Kinds.NONCE, Kinds.ID),
  /** HDR, SA, KE, Nr, IDir, HASH_R. */
  AGGRESSIVE_2(
      ExchangeType.AGGRESSIVE,
      Role.RESPONDER,
      false,
      Kinds.SA,
      Kinds.KE,
      Kinds.NONCE,
      Kinds.ID,
      Kinds.HASH),
  /** HDR*, HASH_I. */
  AGGRESSIVE_3(ExchangeType.AGGRESSIVE, Role.INITIATOR, true, Kinds.HASH),
  /** HDR*, HASH(1), SA, Ni [, KE], IDci, IDcr (RFC 2409 section 5.5). */
  QUICK_MODE_1(
      ExchangeType.QUICK_MODE,
      Role.INITIATOR,
      true,
      Kinds.HASH,
      Kinds.SA,
      Kinds.NONCE,
      Kinds.KE,
      Kinds.ID),
  /** HDR*, HASH(2), SA, Nr [, KE], IDci, IDcr. */
  QUICK_MODE_2(
      ExchangeType.QUICK_MODE,
      Role.RESPONDER,
      true,
      Kinds.HASH,
      Kinds.SA,
      Kinds.NONCE,
      Kinds.KE,
      Kinds.ID),
  /** HDR*, HASH(3). */
  QUICK_MODE_3(ExchangeType.QUICK_MODE, Role.INITIATOR, true, Kinds.HASH),
  /** HDR*, HASH(1), N: R-U-THERE (RFC 3706 section 5.3). */
  PROBE(ExchangeType.INFORMATIONAL, Role.INITIATOR, true, Kinds.HASH, Kinds.N),
  /** HDR*, HASH(1), D: of the IPsec SA (RFC 2409 section 5.7). */
  DELETE_CHILD(ExchangeType.INFORMATIONAL, Role.INITIATOR, true, Kinds.HASH, Kinds.D),
  /** HDR*, HASH(1), D: of the ISAKMP SA. */
  DELETE_PHASE_ONE(ExchangeType.INFORMATIONAL, Role.INITIATOR, true, Kinds.HASH, Kinds.D);

  /** Payload types under short names. */
  private static final class Kinds {
    static final int SA = PayloadType.SECURITY_ASSOCIATION;
    static final int KE = PayloadType.KEY_EXCHANGE;
    static final int ID = PayloadType.IDENTIFICATION;
    static final int HASH = PayloadType.HASH;
    static final int NONCE = PayloadType.NONCE;
    static final int N = PayloadType.NOTIFICATION;
    static final int D = PayloadType.DELETE;

    private Kinds() {}
  }

  private final int exchangeType;
  private final Role role;
  private final boolean encrypted;

  // A set that cannot be changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<Integer> payloadTypes;

  Step(int exchangeType, Role role, boolean encrypted, Integer... payloadTypes) {
    this.exchangeType = exchangeType;
    this.role = role;
    this.encrypted = encrypted;
    this.payloadTypes = Set.of(payloadTypes);
  }

  /** See {@link ExchangeType}. */
  public int exchangeType() {
    return exchangeType;
  }

  /** Who sends it; what stands alone is sent by either side. */
  public Role role() {
    return role;
  }

  /** Whether it is encrypted. */
  public boolean isEncrypted() {
    return encrypted;
  }

  /** Whether it may carry payloads of a type; quick mode's KE only with PFS. */
  public boolean carries(int payloadType) {
    return payloadTypes.contains(payloadType);
  }

  /** Whether it belongs to phase 1. */
  public boolean isPhaseOne() {
    return exchangeType == ExchangeType.IDENTITY_PROTECTION
        || exchangeType == ExchangeType.AGGRESSIVE;
  }

  /** Whether nobody answers it: it stands alone. */
  public boolean isInformational() {
    return exchangeType == ExchangeType.INFORMATIONAL;
  }

  /** Whether it is the first message of its exchange. */
  public boolean isFirst() {
    return switch (this) {
      case MAIN_MODE_1, AGGRESSIVE_1, QUICK_MODE_1, PROBE, DELETE_CHILD, DELETE_PHASE_ONE -> true;
      case MAIN_MODE_2,
          MAIN_MODE_3,
          MAIN_MODE_4,
          MAIN_MODE_5,
          MAIN_MODE_6,
          AGGRESSIVE_2,
          AGGRESSIVE_3,
          QUICK_MODE_2,
          QUICK_MODE_3 ->
          false;
    };
  }

  /** Whether a scripted peer in a role sends it. */
  public boolean isSentBy(Role peer) {
    return isInformational() || role == peer;
  }
}
