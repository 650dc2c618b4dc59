package dev.zuido.testkit.ike;

import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.NatOriginalAddress;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** A rule of the encoding, with messages that break it and no other. */
public enum BrokenRule {
  /** A message is at least as long as its header says (RFC 2408 section 5.1). */
  MESSAGE_NOT_CUT(
      "RFC 2408 section 5.1", MalformedReason.TRUNCATED, "ISAKMP Length", bytes -> cut(bytes, 1)),
  /** A message is not longer than its header says (RFC 2408 section 5.1). */
  NOTHING_BEHIND_MESSAGE(
      "RFC 2408 section 5.1",
      MalformedReason.TRAILING_BYTES,
      "ISAKMP message",
      bytes -> Arrays.copyOf(bytes, bytes.length + 1)),
  /** The length covers the header. */
  LENGTH_COVERS_HEADER(
      "RFC 2408 section 3.1",
      MalformedReason.BAD_LENGTH,
      "ISAKMP Length",
      bytes -> set(bytes, Field.LENGTH + 2, 0, 27)),
  /** The version is 1.0 (RFC 2408 section 5.2). */
  VERSION(
      "RFC 2408 section 5.2",
      MalformedReason.BAD_VERSION,
      "ISAKMP Version",
      bytes -> set(bytes, 17, 0x20)),
  /** Five flags are reserved (RFC 2408 section 3.1). */
  RESERVED_FLAGS(
      "RFC 2408 section 3.1",
      MalformedReason.RESERVED_BITS,
      "ISAKMP Flags",
      bytes -> set(bytes, 19, 0x08)),
  /** A payload's RESERVED is zero (RFC 2408 section 5.3). */
  PAYLOAD_RESERVED(
      "RFC 2408 section 5.3",
      MalformedReason.RESERVED_BITS,
      "payload RESERVED",
      bytes -> set(bytes, Field.BODY + 1, 1)),
  /** A payload's length covers its generic header. */
  PAYLOAD_LENGTH_COVERS_HEADER(
      "RFC 2408 section 3.2",
      MalformedReason.BAD_LENGTH,
      "Payload Length",
      bytes -> set(bytes, Field.BODY + 2, 0, 3)),
  /** A payload ends within the message. */
  PAYLOAD_WITHIN_MESSAGE(
      "RFC 2408 section 3.2",
      MalformedReason.TRUNCATED,
      "Payload Length",
      bytes -> set(bytes, Field.BODY + 2, 0xff, 0xff)),
  /** A proposal stands only inside of an SA payload. */
  NO_PROPOSAL_IN_CHAIN(
      "RFC 2408 section 3.5",
      MalformedReason.BAD_VALUE,
      "Next Payload",
      bytes -> set(bytes, 16, PayloadType.PROPOSAL)),
  /** The number of payloads is limited. */
  PAYLOAD_LIMIT(
      "RFC 2408 section 3.2",
      MalformedReason.LIMIT_EXCEEDED,
      "payloads",
      BrokenRule::tooManyPayloads),
  /** The DOI is IPsec's (RFC 2408 section 5.4). */
  SA_DOI(
      "RFC 2408 section 5.4",
      MalformedReason.UNSUPPORTED,
      "SA DOI",
      bytes -> set(bytes, Field.DOI + 3, 2)),
  /** No labels of secrecy or integrity follow the situation. */
  SA_SITUATION(
      "RFC 2407 section 4.2",
      MalformedReason.UNSUPPORTED,
      "SA Situation",
      bytes -> set(bytes, Field.SITUATION + 3, 3)),
  /** A proposal is followed by a proposal or by none (RFC 2408 section 3.5). */
  PROPOSAL_NEXT(
      "RFC 2408 section 3.5",
      MalformedReason.BAD_VALUE,
      "Proposal Next Payload",
      bytes -> set(bytes, Field.PROPOSAL, 3)),
  /** A proposal's RESERVED is zero. */
  PROPOSAL_RESERVED(
      "RFC 2408 section 3.5",
      MalformedReason.RESERVED_BITS,
      "Proposal RESERVED",
      bytes -> set(bytes, Field.PROPOSAL + 1, 1)),
  /** A transform is followed by a transform unless it is the last of its proposal. */
  TRANSFORM_NEXT(
      "RFC 2408 section 3.6",
      MalformedReason.BAD_VALUE,
      "Transform Next Payload",
      bytes -> set(bytes, Field.TRANSFORM, 2)),
  /** A transform's RESERVED is zero. */
  TRANSFORM_RESERVED(
      "RFC 2408 section 3.6",
      MalformedReason.RESERVED_BITS,
      "Transform RESERVED",
      bytes -> set(bytes, Field.TRANSFORM + 1, 1)),
  /** A transform's RESERVED2 is zero. */
  TRANSFORM_RESERVED2(
      "RFC 2408 section 3.6",
      MalformedReason.RESERVED_BITS,
      "Transform RESERVED2",
      bytes -> set(bytes, Field.TRANSFORM + 6, 1)),
  /** An attribute ends within its transform. */
  ATTRIBUTE_WITHIN_TRANSFORM(
      "RFC 2408 section 3.3",
      MalformedReason.TRUNCATED,
      "Attribute Value",
      bytes -> set(bytes, Field.ATTRIBUTE, 0, 1, 0xff)),
  /** An SPI that is deleted has bytes. */
  DELETE_SPI_SIZE(
      "RFC 2408 section 3.15",
      MalformedReason.BAD_LENGTH,
      "Delete SPI Size",
      bytes -> set(deletion(), Field.DOI + 5, 0)),
  /** A Delete payload ends with its last SPI. */
  DELETE_SPI_COUNT(
      "RFC 2408 section 3.15",
      MalformedReason.TRAILING_BYTES,
      "D payload",
      bytes -> set(deletion(), Field.DOI + 7, 0)),
  /** The number of SPIs is limited. */
  DELETE_SPI_LIMIT(
      "RFC 2408 section 3.15",
      MalformedReason.LIMIT_EXCEEDED,
      "Delete # of SPIs",
      bytes -> set(deletion(), Field.DOI + 6, 0xff)),
  /** A NAT-OA payload holds an address (RFC 3947 section 5.2). */
  NAT_OA_ID_TYPE(
      "RFC 3947 section 5.2",
      MalformedReason.BAD_VALUE,
      "NAT-OA ID Type",
      bytes -> set(originalAddress(), Field.DOI, 2)),
  /** RESERVED of a NAT-OA payload is zero. */
  NAT_OA_RESERVED(
      "RFC 3947 section 5.2",
      MalformedReason.RESERVED_BITS,
      "NAT-OA RESERVED",
      bytes -> set(originalAddress(), Field.DOI + 3, 1)),
  /** An SPI of a notification ends within its payload. */
  NOTIFY_SPI_WITHIN_PAYLOAD(
      "RFC 2408 section 3.14",
      MalformedReason.TRUNCATED,
      "Notification SPI",
      bytes -> set(notification(), Field.DOI + 5, 0xff)),
  /** An Identification payload has its type, protocol and port. */
  ID_FIXED_FIELDS(
      "RFC 2408 section 3.8",
      MalformedReason.TRUNCATED,
      "ID Port",
      bytes -> shortened(PayloadType.IDENTIFICATION, 2)),
  /** A Certificate payload has its encoding. */
  CERTIFICATE_ENCODING(
      "RFC 2408 section 3.9",
      MalformedReason.TRUNCATED,
      "Certificate Encoding",
      bytes -> shortened(PayloadType.CERTIFICATE, 0)),
  /** A Certificate Request payload has its type. */
  CERTIFICATE_REQUEST_TYPE(
      "RFC 2408 section 3.10",
      MalformedReason.TRUNCATED,
      "Certificate Request Encoding",
      bytes -> shortened(PayloadType.CERTIFICATE_REQUEST, 0)),
  /** A NAT-OA payload has the whole address. */
  NAT_OA_ADDRESS(
      "RFC 3947 section 5.2",
      MalformedReason.TRUNCATED,
      "NAT-OA address",
      bytes -> set(originalAddress(), Field.DOI, 5)),
  /** A fragment has its ID, number and flags. */
  FRAGMENT_FIXED_FIELDS(
      "no document; as Cisco has it",
      MalformedReason.TRUNCATED,
      "Fragment Number",
      bytes -> shortened(PayloadType.CISCO_FRAGMENT, 2));

  /** Where the fields of {@link #offers} stand. */
  private static final class Field {
    static final int LENGTH = IsakmpHeader.LENGTH_OFFSET;
    static final int BODY = IsakmpHeader.LENGTH;
    static final int DOI = BODY + 4;
    static final int SITUATION = DOI + 4;
    static final int PROPOSAL = SITUATION + 4;
    static final int TRANSFORM = PROPOSAL + 8;
    static final int ATTRIBUTE = TRANSFORM + 8;

    private Field() {}
  }

  private interface Damage {
    byte[] apply(byte[] bytes);
  }

  private final String section;
  private final MalformedReason reason;
  private final String field;

  // Each damage is a function without state.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Damage damage;

  BrokenRule(String section, MalformedReason reason, String field, Damage damage) {
    this.section = section;
    this.reason = reason;
    this.field = field;
    this.damage = damage;
  }

  /** Where the rule stands. */
  public String section() {
    return section;
  }

  /** What the decoder says. */
  public MalformedReason reason() {
    return reason;
  }

  /** The field that the decoder names. */
  public String field() {
    return field;
  }

  /** Messages that break this rule. */
  public Arbitrary<BrokenMessage> messages() {
    return offers().map(bytes -> new BrokenMessage(this, ByteString.of(damage.apply(bytes))));
  }

  /** Messages that break one rule, whichever. */
  public static Arbitrary<BrokenMessage> anyMessages() {
    return Arbitraries.of(BrokenRule.class).flatMap(BrokenRule::messages);
  }

  /**
   * Messages whose first payload is an SA with one proposal of two transforms, each with an
   * attribute in front.
   */
  private static Arbitrary<byte[]> offers() {
    DataAttribute first = new DataAttribute.Variable(1, ByteString.of(new byte[4]));
    Arbitrary<List<Transform>> transforms =
        SaArbitraries.dataAttributes()
            .list()
            .ofMaxSize(3)
            .map(
                more -> {
                  List<DataAttribute> attributes = new ArrayList<>(more);
                  attributes.add(0, first);
                  return Collections.nCopies(2, new Transform(1, 1, attributes));
                });
    Arbitrary<PayloadChain> chains =
        transforms.map(
            list -> PayloadChain.of(SaArbitraries.of(ProtocolId.ISAKMP, list), trailer()));
    return IsakmpArbitraries.messages(chains).map(BrokenRule::encode);
  }

  private static Payload trailer() {
    return new Hash(ByteString.of(new byte[16]));
  }

  private static byte[] encode(IsakmpMessage message) {
    ByteBuf out = Unpooled.buffer(message.encodedLength());
    message.encode(out);
    return ByteString.read(out, out.readableBytes()).toArray();
  }

  private static byte[] message(Payload first) {
    return encode(
        IsakmpMessage.of(new Cookie(1), new Cookie(2), 5, 0, 7, PayloadChain.of(first, trailer())));
  }

  private static byte[] deletion() {
    return message(
        new Delete(1, ProtocolId.ESP, 4, List.of(ByteString.of(new byte[] {1, 2, 3, 4}))));
  }

  private static byte[] originalAddress() {
    return message(NatOriginalAddress.of(Ipv4Address.of(100, 1, 1, 1)));
  }

  private static byte[] notification() {
    return message(
        new Notification(1, ProtocolId.ESP, 14, ByteString.of(new byte[4]), ByteString.EMPTY));
  }

  /** A message whose first payload has a type that needs a longer body. */
  private static byte[] shortened(int type, int length) {
    return set(message(new Hash(ByteString.of(new byte[length]))), 16, type);
  }

  private static byte[] tooManyPayloads(byte[] bytes) {
    int count = PayloadChain.MAX_PAYLOADS + 1;
    byte[] many = Arrays.copyOf(bytes, IsakmpHeader.LENGTH + count * Payload.HEADER_LENGTH);
    many[16] = PayloadType.HASH;
    for (int i = 0; i < count; i++) {
      int offset = IsakmpHeader.LENGTH + i * Payload.HEADER_LENGTH;
      int next = i + 1 < count ? PayloadType.HASH : PayloadType.NONE;
      BigEndian.putInt(many, offset, next << 24 | Payload.HEADER_LENGTH);
    }
    BigEndian.putInt(many, Field.LENGTH, many.length);
    return many;
  }

  private static byte[] cut(byte[] bytes, int count) {
    return Arrays.copyOf(bytes, bytes.length - count);
  }

  private static byte[] set(byte[] bytes, int offset, int... values) {
    byte[] damaged = bytes.clone();
    for (int i = 0; i < values.length; i++) {
      damaged[offset + i] = (byte) values[i];
    }
    return damaged;
  }
}
