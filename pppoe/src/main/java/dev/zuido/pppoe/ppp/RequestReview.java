package dev.zuido.pppoe.ppp;

import dev.zuido.pppoe.ppp.OptionNegotiator.Judgement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a Configure-Request of the peer is answered (RFC 1661 sections 5.2 to 5.4), with Max-Failure
 * (section 4.6) and an end for a peer that never asks for what is acceptable (section 4.5).
 */
final class RequestReview {
  private final OptionNegotiator negotiator;
  private final PppTimers timers;
  private int naksSent;
  private int refusalsSent;
  private @Nullable Disagreement disagreement;

  RequestReview(OptionNegotiator negotiator, PppTimers timers) {
    this.negotiator = negotiator;
    this.timers = timers;
  }

  /** A negotiation begins. */
  void begin() {
    naksSent = 0;
    refusalsSent = 0;
    disagreement = null;
  }

  /** Why the last request has no answer. */
  @Nullable Disagreement disagreement() {
    return disagreement;
  }

  /**
   * The answer: Configure-Ack, -Nak or -Reject.
   *
   * @return null if there can be no agreement any more
   */
  @Nullable ControlPacket answer(ControlPacket request, List<ConfigurationOption> options) {
    boolean mayNak = naksSent < timers.maxFailure();
    List<ConfigurationOption> rejects = new ArrayList<>();
    List<ConfigurationOption> naks = new ArrayList<>();
    judge(options, mayNak, rejects, naks);
    disagreement = negotiator.disagreement();
    if (disagreement != null) {
      return null;
    }
    if (rejects.isEmpty() && mayNak) {
      naks.addAll(negotiator.missing(options));
    }
    if (rejects.isEmpty() && naks.isEmpty()) {
      return acknowledge(request, options);
    }
    refusalsSent++;
    if (refusalsSent > timers.maxFailure() + timers.maxConfigure()) {
      disagreement = negotiator.stalemate();
      return null;
    }
    boolean nak = rejects.isEmpty();
    if (nak) {
      naksSent++;
    }
    return new ControlPacket(
        nak ? ControlCode.CONFIGURE_NAK : ControlCode.CONFIGURE_REJECT,
        request.identifier(),
        ConfigurationOption.encodeAll(nak ? naks : rejects));
  }

  private @Nullable ControlPacket acknowledge(
      ControlPacket request, List<ConfigurationOption> options) {
    negotiator.accepted(options);
    disagreement = negotiator.disagreement();
    if (disagreement != null) {
      return null;
    }
    naksSent = 0;
    refusalsSent = 0;
    return new ControlPacket(ControlCode.CONFIGURE_ACK, request.identifier(), request.data());
  }

  /** Sorts out what is not acceptable; both lists keep the request's order (section 5.3, 5.4). */
  private void judge(
      List<ConfigurationOption> options,
      boolean mayNak,
      List<ConfigurationOption> rejects,
      List<ConfigurationOption> naks) {
    boolean insists = false;
    Set<Integer> seen = new HashSet<>();
    for (ConfigurationOption option : options) {
      // None of the options of these protocols may be listed twice (section 6).
      Judgement judgement = seen.add(option.type()) ? negotiator.judge(option) : Judgement.REFUSED;
      if (judgement instanceof Judgement.Insist insist) {
        naks.add(insist.option());
        insists = true;
      } else if (judgement instanceof Judgement.Better better && mayNak) {
        naks.add(better.option());
      } else if (!(judgement instanceof Judgement.Good)) {
        rejects.add(option);
      }
    }
    if (insists) {
      // "A Configure-Nak MUST be sent" for a magic number that is ours (section 6.4): the rest of
      // the request is refused when it comes again.
      rejects.clear();
    }
  }
}
