package dev.zuido.router;

import org.jspecify.annotations.Nullable;

/** Why an interface's line protocol is as it is, in words. */
final class LineCause {
  private LineCause() {}

  /**
   * The cause, a clause.
   *
   * @param tunnel the tunnel's line, if the interface is a tunnel at work
   */
  static String of(RouterInterface each, @Nullable TunnelLine tunnel) {
    if (each.config().shutdown()) {
      return "shut down";
    }
    if (tunnel != null) {
      return tunnel.cause().isEmpty()
          ? "the destination " + tunnel.tunnel().config().remote() + " is reached"
          : tunnel.cause();
    }
    if (each.isLoopback()) {
      return "a loopback is always up";
    }
    DialerLine dialer = each.dialer();
    if (dialer != null) {
      return dialer.cause();
    }
    if (each.port() == null && each.ethernet() == null) {
      return "it has no port";
    }
    return each.isLineUp() ? "the link is up" : "the link is down";
  }
}
