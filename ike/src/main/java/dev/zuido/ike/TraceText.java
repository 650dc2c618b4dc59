package dev.zuido.ike;

import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.MessageText;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Payloads as the wire trace shows them: what matters of their contents, and never a secret. */
final class TraceText {
  private static final int MAX_SPIS_SHOWN = 4;

  private TraceText() {}

  static List<String> describe(List<Payload> payloads) {
    List<String> names = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      names.add(describe(payload));
    }
    return names;
  }

  /** The message in full, if that is asked for. */
  static List<String> detail(IkeConfig config, IsakmpHeader header, List<Payload> payloads) {
    if (config.trace() != WireTrace.FIELDS) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(MessageText.header(header));
    for (Payload payload : payloads) {
      MessageText.of(payload).forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static String describe(Payload payload) {
    if (payload instanceof Identification id) {
      return "ID " + SelectorPayloads.describe(id);
    }
    if (payload instanceof Notification notification) {
      return "N " + NotifyType.nameOf(notification.notifyType());
    }
    if (payload instanceof Delete delete) {
      return "D " + ProtocolId.nameOf(delete.protocolId()) + spis(delete.spis());
    }
    if (payload instanceof VendorId vendor) {
      return "VID " + vendor.description();
    }
    if (payload instanceof SecurityAssociation sa) {
      int transforms = sa.proposals().stream().mapToInt(p -> p.transforms().size()).sum();
      return transforms == 1 ? "SA" : "SA of " + transforms + " transforms";
    }
    return PayloadType.nameOf(payload.payloadType());
  }

  private static String spis(List<ByteString> spis) {
    StringBuilder text = new StringBuilder();
    for (ByteString spi : spis.subList(0, Math.min(MAX_SPIS_SHOWN, spis.size()))) {
      text.append(' ').append(spi);
    }
    return spis.size() > MAX_SPIS_SHOWN ? text + " ..." : text.toString();
  }

  /** An SPI in the usual form. */
  static String spi(int spi) {
    return String.format(java.util.Locale.ROOT, "0x%08x", spi);
  }
}
