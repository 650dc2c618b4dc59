package dev.zuido.testkit.ike.impairment;

import dev.zuido.wire.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A way for datagrams between a scripted peer and one gateway: a socket, or an engine in virtual
 * time ({@link EngineGateway}).
 */
public interface DatagramPath {
  /** Sends a datagram from the peer's own address. */
  void send(ByteString datagram);

  /**
   * Sends a datagram that seems to come from an address which is not the peer's.
   *
   * @return false if this path cannot do that; nothing was sent then
   */
  boolean sendSpoofed(ByteString datagram);

  /**
   * The next datagram of the gateway, or null if none has come when the time has passed.
   *
   * @param waitNanos at most so long
   */
  @Nullable ByteString receive(long waitNanos);

  /** Lets time pass; what comes meanwhile can be received later. */
  void pause(long nanos);
}
