package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A concentrator's discovery packets, and what it thinks of the questions (RFC 2516 section 5). */
final class ConcentratorAnswers {
  /** The longest discovery packet: it has to pass an Ethernet of 1500 bytes. */
  static final int MAX_PACKET = 1500;

  private final AccessConcentratorConfig config;
  private final AcCookie cookies;

  ConcentratorAnswers(AccessConcentratorConfig config, AcCookie cookies) {
    this.config = config;
    this.cookies = cookies;
  }

  /** Why a PADI gets no answer, or null. */
  @Nullable PppoeDropReason objectionToInitiation(PppoePacket packet) {
    PppoeDropReason objection = objection(packet);
    if (objection == null && !hasService(packet)) {
      return PppoeDropReason.OTHER_SERVICE;
    }
    return objection;
  }

  /** Why a PADR gets no answer, or null. */
  @Nullable PppoeDropReason objectionToRequest(MacAddress station, PppoePacket packet) {
    PppoeDropReason objection = objection(packet);
    if (objection != null) {
      return objection;
    }
    boolean known =
        packet
            .first(PppoeTag.AcCookie.class)
            .filter(cookie -> cookies.isRight(station, cookie))
            .isPresent();
    return known ? null : PppoeDropReason.BAD_COOKIE;
  }

  private static @Nullable PppoeDropReason objection(PppoePacket packet) {
    if (packet.sessionId() != 0) {
      return PppoeDropReason.WRONG_SESSION_ID;
    }
    if (packet.first(PppoeTag.ErrorTag.class).isPresent()) {
      return PppoeDropReason.ERROR_TAG;
    }
    return packet.count(PppoeTag.ServiceName.class) == 1 ? null : PppoeDropReason.MISSING_TAG;
  }

  /** Whether we have the service that a packet asks for. */
  boolean hasService(PppoePacket packet) {
    PppoeTag.ServiceName asked = service(packet);
    return asked.value().isEmpty()
        || config.serviceNames().stream().map(PppoeTag.ServiceName::of).anyMatch(asked::equals);
  }

  private static PppoeTag.ServiceName service(PppoePacket packet) {
    return packet
        .first(PppoeTag.ServiceName.class)
        .orElseGet(() -> new PppoeTag.ServiceName(ByteString.EMPTY));
  }

  /** Section 5.2: our name, the service that was asked for, and all others that there are. */
  PppoePacket offer(MacAddress station, PppoePacket initiation) {
    List<PppoeTag> tags = new ArrayList<>();
    tags.add(PppoeTag.AcName.of(config.name()));
    PppoeTag.ServiceName asked = service(initiation);
    tags.add(asked);
    for (String name : config.serviceNames()) {
      PppoeTag.ServiceName other = PppoeTag.ServiceName.of(name);
      if (!other.equals(asked)) {
        tags.add(other);
      }
    }
    tags.add(cookies.of(station));
    addReturned(initiation, tags);
    addMaxPayload(initiation, tags);
    return new PppoePacket(PppoeCode.PADO, 0, tags);
  }

  /** Section 5.4. */
  PppoePacket confirmation(int sessionId, PppoePacket request) {
    List<PppoeTag> tags = new ArrayList<>();
    tags.add(service(request));
    addReturned(request, tags);
    addMaxPayload(request, tags);
    return new PppoePacket(PppoeCode.PADS, sessionId, tags);
  }

  /** Section 5.4: the service is unknown. */
  PppoePacket serviceRefused(PppoePacket request) {
    return refusal(request, new PppoeTag.ServiceNameError(ByteString.EMPTY));
  }

  /** Appendix A: the session cannot be made. */
  PppoePacket systemError(PppoePacket request, String text) {
    return refusal(request, PppoeTag.AcSystemError.of(text));
  }

  private static PppoePacket refusal(PppoePacket request, PppoeTag error) {
    List<PppoeTag> tags = new ArrayList<>();
    tags.add(service(request));
    tags.add(error);
    addReturned(request, tags);
    return new PppoePacket(PppoeCode.PADS, 0, tags);
  }

  /** "MUST include the TAG unmodified" (appendix A): Host-Uniq and Relay-Session-Id. */
  private static void addReturned(PppoePacket question, List<PppoeTag> tags) {
    question.first(PppoeTag.HostUniq.class).ifPresent(tags::add);
    question.first(PppoeTag.RelaySessionId.class).ifPresent(tags::add);
  }

  /** RFC 4638 section 4: the tag is repeated if larger payloads are possible here. */
  private void addMaxPayload(PppoePacket question, List<PppoeTag> tags) {
    question.first(PppoeTag.PppMaxPayload.class).filter(this::isAgreeable).ifPresent(tags::add);
  }

  private boolean isAgreeable(PppoeTag.PppMaxPayload tag) {
    return tag.bytes() > PppoeSession.MTU
        && config.linkMtu() - PppoeSession.PAYLOAD_OVERHEAD > PppoeSession.MTU;
  }

  /** The largest PPP information field of a session. */
  int sessionMtu(PppoePacket request) {
    int agreed =
        request
            .first(PppoeTag.PppMaxPayload.class)
            .filter(this::isAgreeable)
            .map(PppoeTag.PppMaxPayload::bytes)
            .orElse(0);
    return PppoeSession.mtu(config.linkMtu(), agreed);
  }
}
