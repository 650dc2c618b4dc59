package dev.zuido.testkit.pppoe;

import dev.zuido.pppoe.PppoeDropReason;
import dev.zuido.pppoe.PppoeVerdict;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A rule of PPPoE's receivers, with frames that break it and no other. */
public enum PppoeRule {
  /** The header is all there (RFC 2516 section 4). */
  HEADER_NOT_CUT(all(), PppoeDropReason.MALFORMED, b -> b.cutTo = 19),
  /** VER is 1 (section 4). */
  VERSION(all(), PppoeDropReason.MALFORMED, b -> b.versionAndType = 0x21),
  /** TYPE is 1 (section 4). */
  TYPE(all(), PppoeDropReason.MALFORMED, b -> b.versionAndType = 0x12),
  /** LENGTH lies in the frame (section 4). */
  LENGTH_IN_FRAME(
      all(),
      PppoeDropReason.MALFORMED,
      b -> {
        b.padding = 0;
        b.lengthError = 1;
      }),
  /** The frame is for the receiver (section 4). */
  DESTINATION(all(), PppoeVerdict.NOT_FOR_US, b -> b.otherReceiver = true),
  /** ETHER_TYPE is 0x8863 or 0x8864 (section 4). */
  ETHER_TYPE(all(), PppoeVerdict.NOT_FOR_US, b -> b.etherType = 0x8865),
  /** The source is a station, not a group (section 4). */
  SOURCE_IS_A_STATION(discovery(), PppoeDropReason.WRONG_STATION, b -> b.groupSender = true),
  /** A tag has a type and a length (section 5). */
  TAG_HEADER_NOT_CUT(discovery(), PppoeDropReason.MALFORMED, b -> b.end = new byte[] {1, 5, 0}),
  /** TAG_LENGTH lies in the packet (section 5). */
  TAG_VALUE_IN_PACKET(
      discovery(), PppoeDropReason.MALFORMED, b -> b.end = new byte[] {1, 5, 0, 5, 0, 0, 0, 0}),
  /** End-Of-List has no value (appendix A). */
  END_OF_LIST_IS_EMPTY(
      discovery(), PppoeDropReason.MALFORMED, b -> b.end = new byte[] {0, 0, 0, 1, 0}),
  /** Vendor-Specific begins with the vendor's four bytes (appendix A). */
  VENDOR_HAS_A_NUMBER(
      discovery(), PppoeDropReason.MALFORMED, b -> b.end = new byte[] {1, 5, 0, 3, 0, 0, 0}),
  /** PPP-Max-Payload has two bytes (RFC 4638 section 4). */
  MAX_PAYLOAD_IS_A_NUMBER(
      discovery(), PppoeDropReason.MALFORMED, b -> b.end = new byte[] {1, 0x20, 0, 1, 5}),
  /** The code is one that the receiver waits for (section 5). */
  CODE(discovery(), PppoeDropReason.UNEXPECTED_CODE, b -> b.code = 0xd3),
  /** Before there is a session its number is 0 (section 5.1 to 5.3). */
  NO_SESSION_YET(
      EnumSet.of(PppoeMoment.INITIATION, PppoeMoment.OFFER, PppoeMoment.REQUEST),
      PppoeDropReason.WRONG_SESSION_ID,
      b -> b.sessionId = 1),
  /** A PADI and a PADR name a service (section 5.1 and 5.3). */
  SERVICE_NAME_THERE(
      EnumSet.of(PppoeMoment.INITIATION, PppoeMoment.REQUEST),
      PppoeDropReason.MISSING_TAG,
      b -> b.serviceName = false),
  /** They name exactly one (section 5.1 and 5.3). */
  SERVICE_NAME_ONCE(
      EnumSet.of(PppoeMoment.INITIATION, PppoeMoment.REQUEST),
      PppoeDropReason.MISSING_TAG,
      b -> b.twoServiceNames = true),
  /** The service is one that is offered, or that was asked for (section 5.2 and 5.4). */
  SERVICE_NAME_KNOWN(
      EnumSet.of(PppoeMoment.INITIATION, PppoeMoment.OFFER, PppoeMoment.CONFIRMATION),
      PppoeDropReason.OTHER_SERVICE,
      b -> b.unknownService = true),
  /** An offer says whose it is (section 5.2). */
  AC_NAME_THERE(EnumSet.of(PppoeMoment.OFFER), PppoeDropReason.MISSING_TAG, b -> b.acName = false),
  /** An answer returns Host-Uniq (appendix A). */
  HOST_UNIQ_THERE(
      EnumSet.of(PppoeMoment.OFFER, PppoeMoment.CONFIRMATION),
      PppoeDropReason.WRONG_HOST_UNIQ,
      b -> b.hostUniq = false),
  /** It returns it unmodified (appendix A). */
  HOST_UNIQ_UNMODIFIED(
      EnumSet.of(PppoeMoment.OFFER, PppoeMoment.CONFIRMATION),
      PppoeDropReason.WRONG_HOST_UNIQ,
      b -> b.otherHostUniq = true),
  /** A PADR returns the cookie (appendix A). */
  COOKIE_THERE(EnumSet.of(PppoeMoment.REQUEST), PppoeDropReason.BAD_COOKIE, b -> b.cookie = false),
  /** It returns it unmodified (appendix A). */
  COOKIE_UNMODIFIED(
      EnumSet.of(PppoeMoment.REQUEST), PppoeDropReason.BAD_COOKIE, b -> b.otherCookie = true),
  /** The cookie is that of the sender (section 9). */
  COOKIE_OF_THE_STATION(
      EnumSet.of(PppoeMoment.REQUEST), PppoeDropReason.BAD_COOKIE, b -> b.otherSender = true),
  /** A PADR is unicast (section 5.3). */
  REQUEST_FOR_ONE(
      EnumSet.of(PppoeMoment.REQUEST), PppoeDropReason.UNEXPECTED_CODE, b -> b.broadcast = true),
  /** An offer or a request with an error tag is none (appendix A). */
  NO_ERROR(
      EnumSet.of(PppoeMoment.INITIATION, PppoeMoment.OFFER, PppoeMoment.REQUEST),
      PppoeDropReason.ERROR_TAG,
      b -> b.more.add(PppoeFrameBuilder.tag(PppoeFrameBuilder.GENERIC_ERROR, (byte) 'x'))),
  /** A session is confirmed and ended by the station that has it (section 4). */
  STATION_OF_THE_SESSION(
      EnumSet.of(PppoeMoment.CONFIRMATION, PppoeMoment.TERMINATION),
      PppoeDropReason.WRONG_STATION,
      b -> b.otherSender = true),
  /** A PADT ends the session that it names (section 5.5). */
  TERMINATION_OF_THE_SESSION(
      EnumSet.of(PppoeMoment.TERMINATION), PppoeDropReason.WRONG_SESSION_ID, b -> b.sessionXor = 2),
  /** A confirmed session has a number (section 5.4). */
  SESSION_HAS_A_NUMBER(
      EnumSet.of(PppoeMoment.CONFIRMATION), PppoeDropReason.WRONG_SESSION_ID, b -> b.sessionId = 0),
  /** "A value of 0xffff is reserved for future use and MUST NOT be used" (section 4). */
  SESSION_NOT_RESERVED(
      EnumSet.of(PppoeMoment.CONFIRMATION),
      PppoeDropReason.WRONG_SESSION_ID,
      b -> b.sessionId = 0xffff),
  /** The code of the session stage is 0 (section 6). */
  SESSION_CODE(datagram(), PppoeVerdict.MALFORMED, b -> b.code = 0x09),
  /** "The SESSION_ID MUST NOT change for that PPPoE session" (section 6). */
  SESSION_ID(datagram(), PppoeVerdict.UNKNOWN_SESSION, b -> b.sessionXor = 2),
  /** The addresses are part of what names a session (section 4). */
  SESSION_STATION(datagram(), PppoeVerdict.UNKNOWN_SESSION, b -> b.otherSender = true),
  /** "The frame begins with the PPP Protocol-ID" (section 6). */
  PROTOCOL_FIELD_THERE(
      datagram(), PppoeVerdict.MALFORMED, b -> b.lengthError = 1 - 2 - b.datagram().length),
  /** The datagram is of the protocol that the field names. */
  PROTOCOL_FIELD_TRUE(datagram(), PppoeVerdict.MALFORMED, b -> b.ipVersion = 6),
  /** The datagram has its header. */
  DATAGRAM_HAS_A_HEADER(
      datagram(), PppoeVerdict.MALFORMED, b -> b.lengthError = 19 - b.datagram().length),
  /** Its protocol is open (RFC 1661 section 3.5). */
  PROTOCOL_OPEN(
      datagram(),
      PppoeVerdict.NOT_OPEN,
      b -> {
        b.protocol = 0x0057;
        b.ipVersion = 6;
      });

  @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
  private final Set<PppoeMoment> moments;

  private final PppoeVerdict verdict;
  private final @Nullable PppoeDropReason reason;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold no state
  private final Consumer<PppoeFrameBuilder> breaker;

  PppoeRule(Set<PppoeMoment> moments, PppoeVerdict verdict, Consumer<PppoeFrameBuilder> breaker) {
    this.moments = Set.copyOf(moments);
    this.verdict = verdict;
    this.reason = null;
    this.breaker = breaker;
  }

  PppoeRule(Set<PppoeMoment> moments, PppoeDropReason reason, Consumer<PppoeFrameBuilder> breaker) {
    this.moments = Set.copyOf(moments);
    this.verdict =
        reason == PppoeDropReason.MALFORMED ? PppoeVerdict.MALFORMED : PppoeVerdict.CONTROL;
    this.reason = reason;
    this.breaker = breaker;
  }

  private static Set<PppoeMoment> all() {
    return EnumSet.allOf(PppoeMoment.class);
  }

  private static Set<PppoeMoment> discovery() {
    return EnumSet.complementOf(EnumSet.of(PppoeMoment.DATAGRAM));
  }

  private static Set<PppoeMoment> datagram() {
    return EnumSet.of(PppoeMoment.DATAGRAM);
  }

  /** The moments at which it holds. */
  public Set<PppoeMoment> moments() {
    return moments;
  }

  /** What a receiver says of a frame that breaks this rule. */
  public PppoeVerdict verdict() {
    return verdict;
  }

  /** Why a discovery packet that breaks this rule is dropped; null if nothing is counted so. */
  public @Nullable PppoeDropReason reason(PppoeMoment moment) {
    return moment.isDiscovery() ? reason : null;
  }

  /** Breaks this rule, and no other, in a frame that was right. */
  BrokenPppoeFrame breakIn(PppoeFrameBuilder frame) {
    breaker.accept(frame);
    return new BrokenPppoeFrame(this, frame.toCase());
  }
}
