package dev.zuido.examples;

import dev.zuido.router.Router;
import dev.zuido.testkit.VirtualNode;

/**
 * A router on a virtual network: all that is needed to run one in virtual time.
 *
 * @param router the router
 * @param powerOnNanos when it is switched on; what arrives before waits in its ports
 */
record RouterNode(Router router, long powerOnNanos) implements VirtualNode {
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
