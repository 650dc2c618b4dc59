package dev.zuido.examples;

import dev.zuido.router.Router;
import dev.zuido.testkit.VirtualNode;

/**
 * A router on a virtual network: all that is needed to run one in virtual time.
 *
 * @param router the router
 */
record RouterNode(Router router) implements VirtualNode {
  @Override
  public void run(long nowNanos) {
    router.process(nowNanos);
  }

  @Override
  public long nextDeadline() {
    return router.nextDeadline();
  }
}
