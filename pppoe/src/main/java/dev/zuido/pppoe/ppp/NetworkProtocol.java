package dev.zuido.pppoe.ppp;

import org.jspecify.annotations.Nullable;

/** A network control protocol: IPCP or IPv6CP (RFC 1661 section 3.6). */
final class NetworkProtocol implements ControlProtocol.Layer {
  private final Core core;
  private final int protocol;
  private final NetworkNegotiator negotiator;
  private final ControlProtocol control;
  private @Nullable Disagreement failure;
  private @Nullable Disagreement refusal;
  private long retry = PppLink.NO_DEADLINE;

  NetworkProtocol(Core core, int protocol, NetworkNegotiator negotiator) {
    this.core = core;
    this.protocol = protocol;
    this.negotiator = negotiator;
    this.control = new ControlProtocol(core, protocol, negotiator, this);
  }

  ControlProtocol control() {
    return control;
  }

  /** PPP's number of the control protocol. */
  int protocol() {
    return protocol;
  }

  /** PPP's number of the datagrams that it is about. */
  int datagrams() {
    return protocol & 0x7fff;
  }

  /** Why the protocol cannot open on this link, or null. */
  @Nullable Disagreement failure() {
    return refusal == null ? failure : refusal;
  }

  /** Whether the protocol is treated as one that is not known. */
  boolean isRefused() {
    return refusal != null;
  }

  /** From now on the peer's packets are those of an unknown protocol, which are rejected. */
  void refuse(String why, long now) {
    refusal = new Disagreement(PppEnd.NO_NETWORK_PROTOCOL, why);
    stop(now);
  }

  /**
   * The protocol is refused no more.
   *
   * @param started whether the network phase has begun
   */
  void permit(boolean started, long now) {
    boolean refused = refusal != null;
    refusal = null;
    if (refused && started) {
      start(now);
    }
  }

  /** The network phase begins. */
  void start(long now) {
    failure = null;
    if (refusal == null) {
      control.fire(AutomatonEvent.OPEN, now);
      control.fire(AutomatonEvent.UP, now);
    }
  }

  long deadline() {
    return Math.min(control.deadline(), retry);
  }

  /** Runs what is due: the Restart timer, or another attempt. */
  void timeout(long now) {
    control.timeout(now);
    if (retry <= now) {
      retry = PppLink.NO_DEADLINE;
      control.fire(AutomatonEvent.DOWN, now);
      control.fire(AutomatonEvent.UP, now);
    }
  }

  /**
   * Another protocol keeps the link: one that was terminated, or that had no answer, gets another
   * attempt after a while. Without this, both sides could wait for each other for ever.
   */
  void watch(long now) {
    boolean stopped = control.state() == AutomatonState.STOPPED && failure == null;
    if (!stopped) {
      retry = PppLink.NO_DEADLINE;
    } else if (retry == PppLink.NO_DEADLINE) {
      retry = now + core.config.timers().networkNanos();
    }
  }

  /** The network phase is over. */
  void stop(long now) {
    retry = PppLink.NO_DEADLINE;
    control.fire(AutomatonEvent.DOWN, now);
  }

  /** The peer rejects the protocol (RFC 1661 section 5.7). */
  void rejected(long now) {
    failure = new Disagreement(PppEnd.NO_NETWORK_PROTOCOL, "the peer rejects " + name());
    control.fire(AutomatonEvent.REJECT_CATASTROPHIC, now);
  }

  private String name() {
    return PacketText.name(protocol);
  }

  @Override
  public void entered(AutomatonState state, long now) {}

  @Override
  public void up(long now) {
    core.output(negotiator.up());
  }

  @Override
  public void down(long now) {
    core.output(negotiator.down());
  }

  @Override
  public void finished(long now) {}

  @Override
  public void disagreed(Disagreement why, long now) {
    failure = new Disagreement(why.reason(), name() + ": " + why.detail());
    control.fire(AutomatonEvent.CLOSE, now);
  }

  @Override
  public void rejectsCode(int code) {
    failure =
        new Disagreement(
            PppEnd.NO_NETWORK_PROTOCOL, "the peer rejects code " + code + " of " + name());
  }
}
