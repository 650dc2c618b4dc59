package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.message.PayloadType;
import dev.zuido.testkit.ike.impairment.MessageImpairment.Stage;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Payloads that are missing, empty, there twice, out of order, or longer than they say. */
final class PayloadImpairments {
  private static final List<Integer> TYPES =
      List.of(
          PayloadType.SECURITY_ASSOCIATION,
          PayloadType.KEY_EXCHANGE,
          PayloadType.NONCE,
          PayloadType.IDENTIFICATION,
          PayloadType.HASH,
          PayloadType.NOTIFICATION,
          PayloadType.DELETE);

  private static final int UNKNOWN = 200;

  private PayloadImpairments() {}

  static List<MessageImpairment> all() {
    List<MessageImpairment> all = new ArrayList<>();
    for (int type : TYPES) {
      String name = PayloadType.nameOf(type);
      all.add(
          of(
              "omit",
              type,
              "without " + name,
              draft -> draft.payloads().removeIf(p -> p.type() == type)));
      all.add(
          of(
              "empty",
              type,
              name + " has no body",
              draft -> draft.change(type, p -> p.withBody(ByteString.EMPTY))));
      all.add(of("duplicate", type, name + " is there twice", draft -> duplicate(draft, type)));
      all.add(
          of(
              "cut",
              type,
              name + " lacks its last byte",
              draft -> draft.change(type, PayloadImpairments::cut)));
      all.add(
          of(
              "reserved",
              type,
              "RESERVED of " + name + " is not zero",
              draft -> draft.change(type, p -> p.withReserved(0x40))));
      all.add(
          of(
              "length-short",
              type,
              "the length of " + name + " is a byte too small",
              draft -> draft.change(type, p -> p.withLengthField(p.lengthField() - 1))));
      all.add(
          of(
              "length-long",
              type,
              "the length of " + name + " is a byte too great",
              draft -> draft.change(type, p -> p.withLengthField(p.lengthField() + 1))));
      all.add(
          of(
              "length-zero",
              type,
              "the length of " + name + " is zero",
              draft -> draft.change(type, p -> p.withLengthField(0))));
      all.add(
          of(
              "length-huge",
              type,
              "the length of " + name + " is 65535",
              draft -> draft.change(type, p -> p.withLengthField(0xffff))));
    }
    all.addAll(ofWholeChain());
    return all;
  }

  private static List<MessageImpairment> ofWholeChain() {
    Predicate<Step> everywhere = step -> true;
    return List.of(
        new MessageImpairment(
            "reorder-payloads",
            "the payloads stand in reverse order",
            Stage.HASHED,
            step ->
                step != Step.MAIN_MODE_1
                    && step != Step.MAIN_MODE_2
                    && step != Step.AGGRESSIVE_3
                    && step != Step.QUICK_MODE_3,
            draft -> Collections.reverse(draft.payloads())),
        new MessageImpairment(
            "omit-all", "without any payload", Stage.HASHED, everywhere, d -> d.payloads().clear()),
        new MessageImpairment(
            "unknown-payload-first",
            "a payload of an unknown type stands in front",
            Stage.HASHED,
            everywhere,
            draft -> draft.payloads().add(0, unknown(UNKNOWN))),
        new MessageImpairment(
            "unknown-payload-last",
            "a payload of an unknown type stands at the end",
            Stage.CONTENT,
            everywhere,
            draft -> draft.payloads().add(unknown(UNKNOWN))),
        new MessageImpairment(
            "ikev2-payload",
            "a payload of IKEv2 (46, encrypted) stands at the end",
            Stage.CONTENT,
            everywhere,
            draft -> draft.payloads().add(unknown(46))),
        new MessageImpairment(
            "proposal-in-chain",
            "a Proposal payload stands outside of an SA payload",
            Stage.CONTENT,
            everywhere,
            draft -> draft.payloads().add(unknown(PayloadType.PROPOSAL))),
        new MessageImpairment(
            "fragment-payload",
            "a payload of the type of fragments stands at the end",
            Stage.CONTENT,
            everywhere,
            draft -> draft.payloads().add(unknown(PayloadType.CISCO_FRAGMENT))),
        new MessageImpairment(
            "next-payload-missing",
            "the last payload promises a nonce that does not come",
            Stage.CONTENT,
            step -> step != Step.QUICK_MODE_3,
            draft -> draft.lastNextPayload(PayloadType.NONCE)),
        new MessageImpairment(
            "many-payloads",
            "300 empty vendor IDs follow",
            Stage.CONTENT,
            everywhere,
            draft ->
                draft
                    .payloads()
                    .addAll(
                        Collections.nCopies(
                            300, RawPayload.of(PayloadType.VENDOR_ID, ByteString.EMPTY)))));
  }

  private static MessageImpairment of(
      String action, int type, String description, Consumer<MessageDraft> change) {
    String name = action + "-" + PayloadType.nameOf(type).toLowerCase(java.util.Locale.ROOT);
    Stage stage = type == PayloadType.HASH ? Stage.HASHED : Stage.CONTENT;
    return new MessageImpairment(name, description, stage, step -> step.carries(type), change);
  }

  private static void duplicate(MessageDraft draft, int type) {
    for (int i = draft.payloads().size() - 1; i >= 0; i--) {
      RawPayload payload = draft.payloads().get(i);
      if (payload.type() == type) {
        draft.payloads().add(i, payload);
        return;
      }
    }
  }

  private static RawPayload cut(RawPayload payload) {
    ByteString body = payload.body();
    return body.isEmpty() ? payload : payload.withBody(body.slice(0, body.length() - 1));
  }

  private static RawPayload unknown(int type) {
    return RawPayload.of(type, ByteString.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}));
  }
}
