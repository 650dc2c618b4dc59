package dev.zuido.ike;

import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RESPONDER-LIFETIME (RFC 2407 section 4.6.3.1): the responder keeps an SA for a shorter time than
 * was offered. It can make a lifetime shorter, never longer.
 *
 * <p>The SPI may be left out, since the message is under the SA's own protection or makes the pair.
 * Which numbers the attributes of an ISAKMP SA's lifetime have, those of phase 1 or of phase 2, the
 * RFC does not say: we send the first and read both.
 */
final class ResponderLifetime {
  private static final int MAX_ATTRIBUTES = 16;
  private static final Lifetimes NOTHING = new Lifetimes(0, 0);

  private ResponderLifetime() {}

  /** What goes with quick mode's second message. */
  static Notification ofPair(int protocolId, int ownSpi, Lifetimes lifetimes) {
    return notification(
        protocolId,
        PhaseTwoOffer.spiBytes(ownSpi),
        lifetimes.encode(IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION));
  }

  /**
   * What goes with main mode's sixth message. After aggressive mode it is for an informational
   * message: no message of that mode may carry it (RFC 2407 section 4.6.3).
   */
  static Notification ofIsakmp(IsakmpSa sa, long seconds) {
    return notification(
        ProtocolId.ISAKMP,
        sa.spi(),
        new Lifetimes(seconds, 0)
            .encode(PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LIFE_DURATION));
  }

  private static Notification notification(
      int protocolId, ByteString spi, List<DataAttribute> attributes) {
    ByteBuf data = Unpooled.buffer();
    attributes.forEach(attribute -> attribute.encode(data));
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        protocolId,
        NotifyType.RESPONDER_LIFETIME,
        spi,
        ByteString.read(data, data.readableBytes()));
  }

  /** What a message says about the pair whose SA the peer receives with an SPI; 0 where nothing. */
  static Lifetimes ofPair(PayloadChain chain, int protocolId, int peerSpi) {
    Lifetimes told = NOTHING;
    for (Notification each : chain.payloads(Notification.class)) {
      boolean meant =
          each.notifyType() == NotifyType.RESPONDER_LIFETIME
              && each.protocolId() == protocolId
              && (each.spi().isEmpty() || each.spi().equals(PhaseTwoOffer.spiBytes(peerSpi)));
      if (meant) {
        told =
            told.shorter(read(each, IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION));
      }
    }
    return told;
  }

  /** The seconds that a message says for an ISAKMP SA; 0 if it says nothing. */
  static long ofIsakmp(PayloadChain chain, IsakmpSa sa) {
    long told = 0;
    for (Notification each : chain.payloads(Notification.class)) {
      told = Lifetimes.shorter(told, ofIsakmp(each, sa));
    }
    return told;
  }

  /** The seconds that a notification says for an ISAKMP SA; 0 if it says nothing. */
  static long ofIsakmp(Notification told, IsakmpSa sa) {
    boolean meant =
        told.notifyType() == NotifyType.RESPONDER_LIFETIME
            && told.protocolId() == ProtocolId.ISAKMP
            && (told.spi().isEmpty() || told.spi().equals(sa.spi()));
    if (!meant) {
      return 0;
    }
    long seconds =
        read(told, PhaseOneAttribute.LIFE_TYPE, PhaseOneAttribute.LIFE_DURATION).seconds();
    return seconds != 0
        ? seconds
        : read(told, IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION).seconds();
  }

  private static Lifetimes read(Notification told, int typeAttribute, int durationAttribute) {
    ByteBuf data = Unpooled.wrappedBuffer(told.data().toArray());
    List<DataAttribute> attributes = new ArrayList<>();
    try {
      while (data.isReadable() && attributes.size() < MAX_ATTRIBUTES) {
        attributes.add(DataAttribute.decode(data));
      }
    } catch (MalformedPacketException e) {
      return NOTHING;
    }
    @Nullable Lifetimes read = Lifetimes.decode(attributes, typeAttribute, durationAttribute);
    return read == null ? NOTHING : read;
  }
}
