package dev.zuido.testkit.ike.impairment;

import static dev.zuido.testkit.ike.impairment.MessageImpairment.ofContent;
import static dev.zuido.testkit.ike.impairment.MessageImpairment.ofHashed;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What is wrong with the ISAKMP header (RFC 2408 section 3.1). */
final class HeaderImpairments {
  private static final int OTHER_ID = 0x5a5a_1234;

  private HeaderImpairments() {}

  static List<MessageImpairment> all() {
    return List.of(
        all(
            "zero-initiator-cookie",
            "the initiator's cookie is zero",
            draft -> draft.cookies(Cookie.ZERO, draft.responderCookie())),
        ofHashed(
            "zero-responder-cookie",
            "the responder's cookie is zero",
            HeaderImpairments::hasResponderCookie,
            draft -> draft.cookies(draft.initiatorCookie(), Cookie.ZERO)),
        ofHashed(
            "early-responder-cookie",
            "the first message has a responder's cookie",
            step -> !hasResponderCookie(step),
            draft -> draft.cookies(draft.initiatorCookie(), new Cookie(0x0102_0304_0506_0708L))),
        ofHashed(
            "wrong-responder-cookie",
            "the responder's cookie is another one",
            HeaderImpairments::hasResponderCookie,
            draft ->
                draft.cookies(
                    draft.initiatorCookie(), new Cookie(draft.responderCookie().value() ^ 1))),
        ofHashed(
            "swapped-cookies",
            "the cookies stand in each other's place",
            HeaderImpairments::hasResponderCookie,
            draft -> draft.cookies(draft.responderCookie(), draft.initiatorCookie())),
        all("version-2", "the version is 2.0", draft -> draft.version(0x20)),
        all("version-1-1", "the version is 1.1", draft -> draft.version(0x11)),
        all("version-0", "the version is 0.0", draft -> draft.version(0)),
        all(
            "wrong-exchange-type",
            "main mode calls itself aggressive mode, all else main mode",
            draft ->
                draft.exchangeType(
                    draft.step().exchangeType() == ExchangeType.IDENTITY_PROTECTION
                        ? ExchangeType.AGGRESSIVE
                        : ExchangeType.IDENTITY_PROTECTION)),
        all("unknown-exchange-type", "the exchange type is 240", draft -> draft.exchangeType(240)),
        all(
            "new-group-mode",
            "the exchange type is that of new group mode",
            draft -> draft.exchangeType(ExchangeType.NEW_GROUP_MODE)),
        all(
            "transaction-exchange",
            "the exchange type is that of the configuration method",
            draft -> draft.exchangeType(ExchangeType.TRANSACTION)),
        all(
            "commit-flag",
            "the commit flag is set",
            draft -> draft.flags(draft.flags() | IsakmpHeader.FLAG_COMMIT)),
        all(
            "authentication-only-flag",
            "the flag of authentication without encryption is set",
            draft -> draft.flags(draft.flags() | IsakmpHeader.FLAG_AUTHENTICATION_ONLY)),
        all("reserved-flag", "a reserved flag is set", draft -> draft.flags(draft.flags() | 0x80)),
        ofHashed(
            "encryption-flag-off",
            "what is encrypted says that it is not",
            Step::isEncrypted,
            draft -> draft.flags(0)),
        ofHashed(
            "in-the-clear",
            "what has to be encrypted is not, and says so",
            Step::isEncrypted,
            draft -> draft.flags(0).encrypted(false)),
        ofHashed(
            "encryption-flag-on",
            "what is in the clear says that it is encrypted",
            step -> !step.isEncrypted(),
            draft -> draft.flags(IsakmpHeader.FLAG_ENCRYPTION)),
        ofContent(
            "message-id-zero",
            "the message ID of phase 2 is zero",
            step -> !step.isPhaseOne(),
            draft -> draft.messageId(0)),
        ofContent(
            "message-id-stale",
            "the message ID is that of an earlier exchange",
            step -> !step.isPhaseOne(),
            draft -> draft.messageId(draft.earlierMessageId())),
        ofContent(
            "message-id-other",
            "the message ID is one that no exchange has",
            step -> true,
            draft -> draft.messageId(OTHER_ID)),
        all(
            "message-length-short",
            "the length is a byte too small",
            draft -> draft.lengthDelta(-1)),
        all("message-length-long", "the length is a byte too great", draft -> draft.lengthDelta(1)),
        all(
            "message-length-huge",
            "the length has its highest bit set",
            draft -> draft.lengthDelta(0x8000_0000L)));
  }

  private static MessageImpairment all(
      String name, String description, Consumer<MessageDraft> change) {
    Predicate<Step> everywhere = step -> true;
    return ofHashed(name, description, everywhere, change);
  }

  private static boolean hasResponderCookie(Step step) {
    return step != Step.MAIN_MODE_1 && step != Step.AGGRESSIVE_1;
  }
}
