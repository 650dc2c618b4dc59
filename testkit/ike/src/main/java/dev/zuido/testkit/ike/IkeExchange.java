package dev.zuido.testkit.ike;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of an exchange in their order. What would be encrypted is there as a plain chain,
 * without the encryption flag; hashes and public values are bytes of the right place, not computed.
 *
 * @param kind which exchange
 * @param messages what each side sends
 */
public record IkeExchange(Kind kind, List<Sent> messages) {
  /** The exchanges of IKEv1. */
  public enum Kind {
    /** RFC 2409 section 5.4, identity protection. */
    MAIN_MODE(ExchangeType.IDENTITY_PROTECTION, true),
    /** RFC 2409 section 5.4, aggressive mode. */
    AGGRESSIVE_MODE(ExchangeType.AGGRESSIVE, true),
    /** RFC 2409 section 5.5. */
    QUICK_MODE(ExchangeType.QUICK_MODE, false),
    /** RFC 2409 section 5.6. */
    NEW_GROUP_MODE(ExchangeType.NEW_GROUP_MODE, false),
    /** RFC 2409 section 5.7. */
    INFORMATIONAL(ExchangeType.INFORMATIONAL, false);

    private final int exchangeType;
    private final boolean phaseOne;

    Kind(int exchangeType, boolean phaseOne) {
      this.exchangeType = exchangeType;
      this.phaseOne = phaseOne;
    }

    /** See {@link ExchangeType}. */
    public int exchangeType() {
      return exchangeType;
    }

    /** Whether it makes an ISAKMP SA, under which the others run. */
    public boolean isPhaseOne() {
      return phaseOne;
    }
  }

  /**
   * A message and who sends it.
   *
   * @param role who
   * @param message what
   */
  public record Sent(Role role, IsakmpMessage message) {
    /** The same with other payloads. */
    public Sent withPayloads(List<? extends Payload> payloads) {
      IsakmpHeader header = message.header();
      return new Sent(
          role,
          IsakmpMessage.of(
              header.initiatorCookie(),
              header.responderCookie(),
              header.exchangeType(),
              header.flags(),
              header.messageId(),
              PayloadChain.of(payloads)));
    }
  }

  /** Copies the list. */
  public IkeExchange {
    messages = List.copyOf(messages);
  }

  /** A message by its number, from 1. */
  public IsakmpMessage message(int number) {
    return messages.get(number - 1).message();
  }

  /** The same with another message of a number. */
  public IkeExchange with(int number, Sent message) {
    List<Sent> changed = new ArrayList<>(messages);
    changed.set(number - 1, message);
    return new IkeExchange(kind, changed);
  }

  /** The same with other payloads in the message of a number. */
  public IkeExchange withPayloads(int number, List<? extends Payload> payloads) {
    return with(number, messages.get(number - 1).withPayloads(payloads));
  }
}
