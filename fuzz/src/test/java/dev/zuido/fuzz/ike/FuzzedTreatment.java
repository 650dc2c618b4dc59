package dev.zuido.fuzz.ike;

import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.testkit.ike.impairment.Carriage;
import dev.zuido.testkit.ike.impairment.DatagramImpairment;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.MessageDraft;
import dev.zuido.testkit.ike.impairment.MessageImpairment;
import dev.zuido.testkit.ike.impairment.MessageImpairment.Stage;
import dev.zuido.testkit.ike.impairment.RawPayload;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What fuzzed bytes do to one message of an exchange. The first byte is the step, the second the
 * way, and the rest is what is done:
 *
 * <ol start="0">
 *   <li>datagrams of these bytes, each behind a length of two bytes and a pause;
 *   <li>the same with the header's cookies, version and length set right;
 *   <li>the message with bytes exclusive-or'ed: an offset of two bytes and a value, repeatedly;
 *   <li>the content as these bytes, with the HASH and the encryption that fit;
 *   <li>the content with its HASH as these bytes, encrypted;
 *   <li>the message cut or lengthened.
 * </ol>
 */
final class FuzzedTreatment {
  private static final int WAYS = 6;
  private static final int MOST_DATAGRAMS = 8;
  private static final long PAUSE = 300_000_000L;

  private FuzzedTreatment() {}

  static Impairment of(byte[] input) {
    byte[] data = Arrays.copyOfRange(input, Math.min(2, input.length), input.length);
    int way = input.length < 2 ? 0 : (input[1] & 0xff) % WAYS;
    return switch (way) {
      case 0 -> datagrams((datagram, to) -> sendAll(data, null, to));
      case 1 -> datagrams((datagram, to) -> sendAll(data, datagram, to));
      case 2 -> datagrams((datagram, to) -> to.send(altered(datagram, data)));
      case 3 -> content(Stage.CONTENT, data);
      case 4 -> content(Stage.HASHED, data);
      default -> datagrams((datagram, to) -> to.send(resized(datagram, data)));
    };
  }

  private interface Treatment {
    void apply(ByteString datagram, Carriage to);
  }

  private static Impairment datagrams(Treatment treatment) {
    return new DatagramImpairment(
        "fuzzed", "", step -> true, (datagram, to, random) -> treatment.apply(datagram, to));
  }

  private static Impairment content(Stage stage, byte[] data) {
    return new MessageImpairment("fuzzed", "", stage, step -> true, draft -> replace(draft, data));
  }

  /** The content is one payload whose header's fields are the first bytes. */
  private static void replace(MessageDraft draft, byte[] data) {
    byte[] bytes = Arrays.copyOf(data, Math.max(5, data.length));
    draft.payloads(
        List.of(
            new RawPayload(
                bytes[0] & 0xff,
                bytes[2] & 0xff,
                BigEndian.getUnsignedShort(bytes, 3),
                ByteString.of(bytes, 5, bytes.length - 5))));
    draft.lastNextPayload(bytes[1] & 0xff);
  }

  private static void sendAll(byte[] data, @Nullable ByteString model, Carriage to) {
    int at = 0;
    for (int i = 0; i < MOST_DATAGRAMS && at + 3 <= data.length; i++) {
      int length = Math.min(BigEndian.getUnsignedShort(data, at), data.length - at - 3);
      byte[] bytes = Arrays.copyOfRange(data, at + 3, at + 3 + length);
      if (model != null && bytes.length >= IsakmpHeader.LENGTH) {
        byte[] header = model.toArray();
        System.arraycopy(header, 0, bytes, 0, 16);
        bytes[17] = header[17];
        BigEndian.putInt(bytes, IsakmpHeader.LENGTH_OFFSET, bytes.length);
      }
      to.pause((data[at + 2] & 0x7f) * PAUSE);
      to.send(ByteString.of(bytes));
      at += 3 + length;
    }
  }

  private static ByteString altered(ByteString datagram, byte[] data) {
    byte[] bytes = datagram.toArray();
    for (int i = 0; i + 3 <= data.length; i += 3) {
      bytes[BigEndian.getUnsignedShort(data, i) % bytes.length] ^= data[i + 2];
    }
    return ByteString.of(bytes);
  }

  private static ByteString resized(ByteString datagram, byte[] data) {
    int length = data.length < 2 ? 0 : BigEndian.getUnsignedShort(data, 0) % 0x400;
    byte[] bytes = Arrays.copyOf(datagram.toArray(), length);
    if (data.length > 2 && (data[2] & 1) == 0 && length >= IsakmpHeader.LENGTH) {
      BigEndian.putInt(bytes, IsakmpHeader.LENGTH_OFFSET, length);
    }
    return ByteString.of(bytes);
  }
}
