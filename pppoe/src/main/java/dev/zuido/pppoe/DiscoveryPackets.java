package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Counters;
import dev.zuido.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client's packets of one attempt, and what it thinks of the answers (RFC 2516 section 5). */
final class DiscoveryPackets {
  /** Bytes of Host-Uniq: nobody who does not see our frames guesses them. */
  static final int HOST_UNIQ_LENGTH = 8;

  /**
   * An offer that we take.
   *
   * @param concentrator whose it is
   * @param name the concentrator's name
   * @param request the PADR that answers it
   */
  record Offer(MacAddress concentrator, String name, PppoePacket request) {}

  private final PppoeClientConfig config;
  private final PppoeTag.HostUniq hostUniq;
  private final Counters<PppoeDropReason> drops;
  private PppoeTag.@Nullable ErrorTag lastError;

  DiscoveryPackets(PppoeClientConfig config, ByteString hostUniq, Counters<PppoeDropReason> drops) {
    this.config = config;
    this.hostUniq = new PppoeTag.HostUniq(hostUniq);
    this.drops = drops;
  }

  /** Section 5.1. */
  PppoePacket initiation() {
    return new PppoePacket(PppoeCode.PADI, 0, ownTags());
  }

  private List<PppoeTag> ownTags() {
    List<PppoeTag> tags = new ArrayList<>();
    tags.add(PppoeTag.ServiceName.of(config.serviceName()));
    tags.add(hostUniq);
    int maxPayload = config.linkMtu() - PppoeSession.PAYLOAD_OVERHEAD;
    if (maxPayload > PppoeSession.MTU) {
      tags.add(new PppoeTag.PppMaxPayload(maxPayload));
    }
    return tags;
  }

  /** Section 5.2: an offer that we take, or null. */
  @Nullable Offer judgeOffer(MacAddress from, PppoePacket packet) {
    PppoeDropReason reason = objection(packet);
    if (reason == null) {
      String name = packet.first(PppoeTag.AcName.class).map(PppoeTag::text).orElse("");
      PppoePacket request = request(packet);
      if (request.encodedLength() <= Math.min(config.linkMtu(), 1500)) {
        return new Offer(from, name, request);
      }
      reason = PppoeDropReason.ANSWER_TOO_LONG;
    }
    drops.increment(reason);
    return null;
  }

  private @Nullable PppoeDropReason objection(PppoePacket packet) {
    if (packet.sessionId() != 0) {
      return PppoeDropReason.WRONG_SESSION_ID;
    }
    if (!isOurs(packet)) {
      return PppoeDropReason.WRONG_HOST_UNIQ;
    }
    Optional<PppoeTag.ErrorTag> error = packet.first(PppoeTag.ErrorTag.class);
    if (error.isPresent()) {
      lastError = error.get();
      return PppoeDropReason.ERROR_TAG;
    }
    if (packet.count(PppoeTag.AcName.class) != 1) {
      return PppoeDropReason.MISSING_TAG;
    }
    String wanted = config.concentrator();
    if (wanted != null && !packet.tags().contains(PppoeTag.AcName.of(wanted))) {
      return PppoeDropReason.OTHER_CONCENTRATOR;
    }
    return hasOurService(packet) ? null : PppoeDropReason.OTHER_SERVICE;
  }

  /**
   * Whether the packet has the service that we want. Who wants any takes those too that do not
   * repeat the empty name, as the RFC demands, but name what they have.
   */
  private boolean hasOurService(PppoePacket packet) {
    return config.serviceName().isEmpty()
        || packet.tags().contains(PppoeTag.ServiceName.of(config.serviceName()));
  }

  private boolean isOurs(PppoePacket packet) {
    return packet.count(PppoeTag.HostUniq.class) == 1 && packet.tags().contains(hostUniq);
  }

  /** Section 5.3: the cookie and the relay's tag come back unmodified (appendix A). */
  private PppoePacket request(PppoePacket offer) {
    List<PppoeTag> tags = ownTags();
    offer.first(PppoeTag.AcCookie.class).ifPresent(tags::add);
    offer.first(PppoeTag.RelaySessionId.class).ifPresent(tags::add);
    return new PppoePacket(PppoeCode.PADR, 0, tags);
  }

  /** Section 5.4: whether a confirmation, which may be a refusal, answers our request. */
  boolean judgeConfirmation(Offer offer, MacAddress from, PppoePacket packet) {
    PppoeDropReason reason = null;
    boolean refusal = packet.first(PppoeTag.ErrorTag.class).isPresent();
    if (!from.equals(offer.concentrator())) {
      reason = PppoeDropReason.WRONG_STATION;
    } else if (!isOurs(packet)) {
      reason = PppoeDropReason.WRONG_HOST_UNIQ;
    } else if (!refusal && (packet.sessionId() == 0 || packet.sessionId() == 0xffff)) {
      reason = PppoeDropReason.WRONG_SESSION_ID;
    } else if (!refusal && !hasOurService(packet)) {
      reason = PppoeDropReason.OTHER_SERVICE;
    }
    if (reason != null) {
      drops.increment(reason);
    }
    return reason == null;
  }

  /**
   * The largest PPP information field of a session (RFC 4638): more than 1492 bytes only if the
   * concentrator has repeated our tag.
   */
  int sessionMtu(PppoePacket confirmation) {
    int echoed =
        confirmation
            .first(PppoeTag.PppMaxPayload.class)
            .map(PppoeTag.PppMaxPayload::bytes)
            .orElse(0);
    return PppoeSession.mtu(config.linkMtu(), echoed);
  }

  /** Why there was no offer that we take. */
  PppoeEnd failure() {
    PppoeTag.ErrorTag error = lastError;
    return error == null
        ? new PppoeEnd.NoOffer()
        : new PppoeEnd.Refused(error.name(), error.text());
  }
}
