package dev.zuido.examples;

import dev.zuido.router.Router;
import dev.zuido.testkit.VirtualNode;
import java.util.function.Supplier;

/** A router on a virtual network: all that is needed to run one in virtual time. */
final class RouterNode implements VirtualNode {
  private final Supplier<Router> maker;
  private final long powerOnNanos;
  private Router router;

  /**
   * A router that is switched on at some time; what arrives before waits in its ports.
   *
   * @param maker makes the router, now and at each {@link #restart}
   */
  RouterNode(Supplier<Router> maker, long powerOnNanos) {
    this.maker = maker;
    this.powerOnNanos = powerOnNanos;
    this.router = maker.get();
  }

  /** The router as it is now. */
  Router router() {
    return router;
  }

  /** A power cut: all that the router knew is gone, and nobody was told. */
  void restart() {
    router = maker.get();
  }

  @Override
  public void run(long nowNanos) {
    if (nowNanos >= powerOnNanos) {
      router.process(nowNanos);
    }
  }

  @Override
  public long nextDeadline() {
    return Math.max(router.nextDeadline(), powerOnNanos);
  }
}
