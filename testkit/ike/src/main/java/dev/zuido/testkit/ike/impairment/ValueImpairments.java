package dev.zuido.testkit.ike.impairment;

import static dev.zuido.testkit.ike.impairment.MessageImpairment.ofContent;
import static dev.zuido.testkit.ike.impairment.MessageImpairment.ofHashed;

import dev.zuido.ike.message.IdType;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Values that are not allowed: public values, nonces, identities, hashes, notifies, deletes. */
final class ValueImpairments {
  private static final int[] ODD_ID_TYPES = {0, 12, 100, 255};

  private ValueImpairments() {}

  static List<MessageImpairment> all() {
    List<MessageImpairment> all = new ArrayList<>();
    all.addAll(publicValues());
    all.addAll(nonces());
    all.addAll(identities());
    all.addAll(hashes());
    all.addAll(notifications());
    all.addAll(deletes());
    return all;
  }

  private static List<MessageImpairment> publicValues() {
    List<MessageImpairment> all = new ArrayList<>();
    for (PublicValue value : PublicValue.values()) {
      all.add(
          ofContent(
              "ke-" + value.label(),
              "the public value is " + value.description(),
              step -> step.carries(PayloadType.KEY_EXCHANGE),
              draft ->
                  draft.change(
                      PayloadType.KEY_EXCHANGE,
                      payload ->
                          payload.withBody(value.of(draft.group(), payload.body().toArray())))));
    }
    return all;
  }

  private static List<MessageImpairment> nonces() {
    return List.of(nonce(0), nonce(7), nonce(8), nonce(256), nonce(257), nonce(4_000));
  }

  private static MessageImpairment nonce(int length) {
    return ofContent(
        "nonce-" + length,
        "the nonce has " + length + " bytes, where 8 to 256 are allowed",
        step -> step.carries(PayloadType.NONCE),
        draft -> draft.change(PayloadType.NONCE, payload -> payload.withBody(new byte[length])));
  }

  private static List<MessageImpairment> identities() {
    List<MessageImpairment> all = new ArrayList<>();
    for (int type = IdType.IPV4_ADDR; type <= IdType.KEY_ID; type++) {
      all.add(identity(type, IdType.nameOf(type).replace("ID_", "")));
    }
    for (int type : ODD_ID_TYPES) {
      all.add(identity(type, "unknown-" + type));
    }
    Predicate<Step> where = step -> step.carries(PayloadType.IDENTIFICATION);
    all.add(
        change(
            "id-der-dn-cut",
            "the identity is a distinguished name of two bytes that promise more (CVE-2013-6075)",
            where,
            PayloadType.IDENTIFICATION,
            body -> new byte[] {IdType.DER_ASN1_DN, 0, 0, 0, 0x30, (byte) 0x82}));
    all.add(
        change(
            "id-protocol-255",
            "the identity is bound to protocol 255 and port 65535",
            where,
            PayloadType.IDENTIFICATION,
            body -> {
              BigEndian.putInt(body, 0, body[0] << 24 | 0x00ff_ffff);
              return body;
            }));
    all.add(
        ofContent(
            "id-one-of-two",
            "only the first of quick mode's two identities is there",
            step -> step == Step.QUICK_MODE_1 || step == Step.QUICK_MODE_2,
            draft -> removeLast(draft, PayloadType.IDENTIFICATION)));
    return all;
  }

  /** The data stay as they were, so that most do not have the form of the type. */
  private static MessageImpairment identity(int type, String name) {
    return change(
        "id-type-" + name.toLowerCase(Locale.ROOT).replace('_', '-'),
        "the identities say that they are of type " + name,
        step -> step.carries(PayloadType.IDENTIFICATION),
        PayloadType.IDENTIFICATION,
        body -> {
          body[0] = (byte) type;
          return body;
        });
  }

  private static List<MessageImpairment> hashes() {
    Predicate<Step> where = step -> step.carries(PayloadType.HASH);
    int type = PayloadType.HASH;
    return List.of(
        hash("wrong-hash", "one bit of the HASH is wrong", where, body -> flipped(body)),
        hash("zero-hash", "the HASH is zero", where, body -> new byte[body.length]),
        hash(
            "long-hash",
            "a byte follows the HASH",
            where,
            body -> Arrays.copyOf(body, body.length + 1)),
        ofHashed(
            "hash-of-hash",
            "the HASH is that of another message: a second one stands in front",
            where,
            draft ->
                draft
                    .payloads()
                    .add(0, RawPayload.of(type, ByteString.of(new byte[] {1, 2, 3, 4})))));
  }

  private static MessageImpairment hash(
      String name, String description, Predicate<Step> where, UnaryOperator<byte[]> change) {
    return ofHashed(
        name,
        description,
        where,
        draft ->
            draft.change(
                PayloadType.HASH,
                payload -> payload.withBody(change.apply(payload.body().toArray()))));
  }

  private static List<MessageImpairment> notifications() {
    Predicate<Step> where = step -> step.carries(PayloadType.NOTIFICATION);
    int type = PayloadType.NOTIFICATION;
    return List.of(
        change("notify-spi-size-zero", "the SPI size is 0", where, type, body -> put(body, 5, 0)),
        change("notify-spi-size-huge", "the SPI size is 255", where, type, b -> put(b, 5, 0xff)),
        change("notify-other-sa", "the SPI is another SA's", where, type, body -> put(body, 8, 1)),
        change(
            "notify-without-data",
            "a probe without a sequence number",
            where,
            type,
            body -> Arrays.copyOf(body, body.length - 4)),
        change(
            "notify-unknown",
            "the type is 40000",
            where,
            type,
            body -> {
              BigEndian.putShort(body, 6, 40_000);
              return body;
            }),
        change(
            "ack-of-nothing",
            "an answer to a probe that nobody has sent",
            where,
            type,
            body -> {
              BigEndian.putShort(body, 6, NotifyType.R_U_THERE_ACK);
              return body;
            }));
  }

  private static List<MessageImpairment> deletes() {
    Predicate<Step> where = step -> step.carries(PayloadType.DELETE);
    int type = PayloadType.DELETE;
    return List.of(
        ofContent(
            "delete-twice",
            "the SA is deleted three times in one message (CVE-2023-38712)",
            where,
            draft -> {
              List<RawPayload> deletes =
                  draft.payloads().stream().filter(p -> p.type() == type).toList();
              draft.payloads().addAll(deletes);
              draft.payloads().addAll(deletes);
            }),
        ofContent(
            "delete-then-notify",
            "the deletion is followed by a notify about the SA (CVE-2023-38712)",
            where,
            draft -> draft.add(Payloads.initialContact(draft))),
        change("delete-unknown-spi", "the SPI is unknown", where, type, body -> put(body, 8, 0x7f)),
        change("delete-spi-size-zero", "the SPI size is 0", where, type, body -> put(body, 5, 0)),
        change(
            "delete-count-zero", "the number of SPIs is 0", where, type, body -> put(body, 7, 0)),
        change(
            "delete-count-huge",
            "the number of SPIs is 65535",
            where,
            type,
            body -> put(put(body, 6, 0xff), 7, 0xff)),
        change("delete-protocol", "the protocol is 99", where, type, body -> put(body, 4, 99)));
  }

  private static MessageImpairment change(
      String name,
      String description,
      Predicate<Step> where,
      int type,
      UnaryOperator<byte[]> change) {
    return ofContent(
        name,
        description,
        where,
        draft ->
            draft.change(
                type, payload -> payload.withBody(change.apply(payload.body().toArray()))));
  }

  private static void removeLast(MessageDraft draft, int type) {
    for (int i = draft.payloads().size() - 1; i >= 0; i--) {
      if (draft.payloads().get(i).type() == type) {
        draft.payloads().remove(i);
        return;
      }
    }
  }

  private static byte[] flipped(byte[] body) {
    body[body.length / 2] ^= 0x10;
    return body;
  }

  private static byte[] put(byte[] body, int at, int value) {
    body[at] = (byte) value;
    return body;
  }
}
