package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A message before it is encoded: every field can be set to anything. An impairment is given one
 * and changes it.
 */
public final class MessageDraft {
  private static final int VERSION_1_0 = 0x10;

  private final Step step;
  private final DhGroup group;
  private final int earlierMessageId;
  private Cookie initiatorCookie = Cookie.ZERO;
  private Cookie responderCookie = Cookie.ZERO;
  private int version = VERSION_1_0;
  private int exchangeType;
  private int flags;
  private int messageId;
  private long lengthDelta;
  private int lastNextPayload;
  private boolean encrypted;
  private List<RawPayload> payloads = new ArrayList<>();

  /**
   * An empty message of a step.
   *
   * @param step which message it is
   * @param group the Diffie-Hellman group of its KE payload
   * @param earlierMessageId the message ID of an earlier exchange under the same ISAKMP SA, or one
   *     that no exchange has
   */
  MessageDraft(Step step, DhGroup group, int earlierMessageId) {
    this.step = step;
    this.group = group;
    this.earlierMessageId = earlierMessageId;
    this.exchangeType = step.exchangeType();
    this.encrypted = step.isEncrypted();
    this.flags = encrypted ? IsakmpHeader.FLAG_ENCRYPTION : 0;
  }

  /** Which message it is. */
  public Step step() {
    return step;
  }

  /** The Diffie-Hellman group of its KE payload. */
  public DhGroup group() {
    return group;
  }

  /** The message ID of an earlier exchange. */
  public int earlierMessageId() {
    return earlierMessageId;
  }

  /** The initiator's cookie. */
  public Cookie initiatorCookie() {
    return initiatorCookie;
  }

  /** The responder's cookie. */
  public Cookie responderCookie() {
    return responderCookie;
  }

  /** Sets both cookies. */
  public MessageDraft cookies(Cookie initiator, Cookie responder) {
    initiatorCookie = initiator;
    responderCookie = responder;
    return this;
  }

  /** The message ID. */
  public int messageId() {
    return messageId;
  }

  /** Sets the message ID. */
  public MessageDraft messageId(int value) {
    messageId = value;
    return this;
  }

  /** Sets the version: the major one in the high half of the byte. */
  public MessageDraft version(int value) {
    version = value;
    return this;
  }

  /** Sets the exchange type. */
  public MessageDraft exchangeType(int value) {
    exchangeType = value;
    return this;
  }

  /** The flags. */
  public int flags() {
    return flags;
  }

  /** Sets the flags; whether the content is encrypted does not follow from them. */
  public MessageDraft flags(int value) {
    flags = value;
    return this;
  }

  /** Sets whether the content is encrypted, whatever the flags say. */
  public MessageDraft encrypted(boolean value) {
    encrypted = value;
    return this;
  }

  /** Whether the content is encrypted. */
  public boolean isEncrypted() {
    return encrypted;
  }

  /** Adds to the header's length field, which is right without. */
  public MessageDraft lengthDelta(long value) {
    lengthDelta = value;
    return this;
  }

  /** Sets what the last payload names as the next one, which is none. */
  public MessageDraft lastNextPayload(int value) {
    lastNextPayload = value;
    return this;
  }

  /** The payloads; the list can be changed. */
  public List<RawPayload> payloads() {
    return payloads;
  }

  /** Sets the payloads. */
  public MessageDraft payloads(List<RawPayload> value) {
    payloads = new ArrayList<>(value);
    return this;
  }

  /** Whether there is a payload of a type. */
  public boolean has(int type) {
    return payloads.stream().anyMatch(payload -> payload.type() == type);
  }

  /** Changes each payload of a type. */
  public MessageDraft change(int type, UnaryOperator<RawPayload> change) {
    payloads.replaceAll(payload -> payload.type() == type ? change.apply(payload) : payload);
    return this;
  }

  /** The payloads with their generic headers. */
  byte[] content() {
    int length = payloads.stream().mapToInt(RawPayload::encodedLength).sum();
    byte[] bytes = new byte[length];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).writerIndex(0);
    for (int i = 0; i < payloads.size(); i++) {
      int next = i + 1 < payloads.size() ? payloads.get(i + 1).type() : lastNextPayload;
      payloads.get(i).encode(next, out);
    }
    return bytes;
  }

  /**
   * The message.
   *
   * @param content what follows the header: {@link #content}, encrypted if it has to be
   */
  ByteString encode(byte[] content) {
    byte[] bytes = new byte[IsakmpHeader.LENGTH + content.length];
    ByteBuf out = Unpooled.wrappedBuffer(bytes).writerIndex(0);
    initiatorCookie.write(out);
    responderCookie.write(out);
    out.writeByte(payloads.isEmpty() ? PayloadType.NONE : payloads.get(0).type());
    out.writeByte(version);
    out.writeByte(exchangeType);
    out.writeByte(flags);
    out.writeInt(messageId);
    out.writeInt((int) (bytes.length + lengthDelta));
    out.writeBytes(content);
    return ByteString.of(bytes);
  }

  /** Adds a payload behind the others. */
  MessageDraft add(Payload payload) {
    payloads.add(RawPayload.of(payload));
    return this;
  }
}
