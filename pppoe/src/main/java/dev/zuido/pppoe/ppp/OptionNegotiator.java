package dev.zuido.pppoe.ppp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a protocol wants of its options; {@link ControlProtocol} has the rules for all of them. */
interface OptionNegotiator {
  /** What is said of an option of the peer. */
  sealed interface Judgement {
    /** It is good. */
    record Good() implements Judgement {}

    /** Another value would be good. */
    record Better(ConfigurationOption option) implements Judgement {}

    /** Another value would be good, and the option must not be rejected. */
    record Insist(ConfigurationOption option) implements Judgement {}

    /** Nothing about it is. */
    record Refused() implements Judgement {}

    Judgement GOOD = new Good();
    Judgement REFUSED = new Refused();
  }

  /** A negotiation begins: everything is at its default again. */
  void begin();

  /** The options that our next Configure-Request asks for. */
  List<ConfigurationOption> request();

  /** Says what is thought of an option of the peer, which occurs once in its request. */
  Judgement judge(ConfigurationOption option);

  /** What a Configure-Nak shall ask for that the peer's request has not. */
  List<ConfigurationOption> missing(List<ConfigurationOption> request);

  /** We acknowledge the peer's request: what it has not is at its default. */
  void accepted(List<ConfigurationOption> request);

  /** The peer has acknowledged our request. */
  void acknowledged();

  /** The peer wants other values. */
  void naked(List<ConfigurationOption> options);

  /** The peer wants to know nothing of these options. */
  void rejected(List<ConfigurationOption> options);

  /** Why there can be no agreement, or null if there still can. */
  @Nullable Disagreement disagreement();

  /** What to tell if requests go back and forth without end. */
  default Disagreement stalemate() {
    return new Disagreement(PppEnd.NO_AGREEMENT, "the options are refused again and again");
  }
}
