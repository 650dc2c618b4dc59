package dev.zuido.ike;

import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Room for the answer to a first message. An answer with certificates is long, and a responder that
 * does not know yet whether we are where we seem to be sends little more than it got ({@link
 * AddressBudget}): so the first message is padded to the longest that goes in one packet, as RFC
 * 9000 section 8.1 has it. The padding is a vendor ID, since every receiver skips those that it
 * does not know (RFC 2408 section 3.16).
 */
final class AnswerRoom {
  private static final byte[] LABEL = "padding".getBytes(StandardCharsets.US_ASCII);

  private AnswerRoom() {}

  /** What pads the payloads of a first message along a path; nothing if that is long enough. */
  static List<VendorId> padding(EngineContext context, UdpPath path, List<Payload> payloads) {
    int length = IsakmpHeader.LENGTH + PayloadChain.of(payloads).toBytes().length;
    int room =
        context.config.limits().fragments().packetBytes()
            - FragmentSupport.packetBytes(path, length)
            - Payload.HEADER_LENGTH;
    if (room < LABEL.length) {
      return List.of();
    }
    byte[] id = Arrays.copyOf(LABEL, room);
    Arrays.fill(id, LABEL.length, room, (byte) '.');
    return List.of(new VendorId(ByteString.of(id)));
  }
}
