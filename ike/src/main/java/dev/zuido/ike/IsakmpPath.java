package dev.zuido.ike;

import org.jspecify.annotations.Nullable;

/**
 * Where the messages of an ISAKMP SA go, what phase 1 has found out about translators on the way,
 * and from where messages may come.
 */
final class IsakmpPath {
  private final UdpPath first;
  private UdpPath current;
  private NatFinding nat = NatFinding.NONE;

  IsakmpPath(UdpPath first) {
    this.first = first;
    this.current = first;
  }

  /** Where messages go. */
  UdpPath current() {
    return current;
  }

  /** The path of the first message. */
  UdpPath first() {
    return first;
  }

  /** What phase 1 has found out about translators. */
  NatFinding nat() {
    return nat;
  }

  /** The NAT-D payloads were compared. */
  void found(NatFinding finding) {
    nat = finding;
  }

  /** Further messages go along another path. */
  void moveTo(UdpPath path) {
    current = path;
  }

  /**
   * What is wrong with the path that a message came along, or null. The port of the peer is nothing
   * to rely on; ours is. The peer's address may be new if a translator stands before it, and if it
   * is a template's.
   *
   * @param mayFloat whether the message may come to port 4500 though the last came to 500
   */
  @Nullable String error(UdpPath from, PeerConfig peer, boolean mayFloat) {
    boolean sameAddress = from.remote().address().equals(current.remote().address());
    boolean mayMove = nat.isPeerMovable() && peer.remote().contains(from.remote().address());
    if (!from.local().address().equals(current.local().address()) || !(sameAddress || mayMove)) {
      return "the cookies belong to an ISAKMP SA between other addresses";
    }
    return from.local().port() == current.local().port() || (from.isFloated() && mayFloat)
        ? null
        : "the ISAKMP SA uses our port " + current.local().port();
  }
}
