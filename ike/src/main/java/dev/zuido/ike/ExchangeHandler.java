package dev.zuido.ike;

import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;

/** The state machine of one exchange, called by the {@link ExchangeManager}. */
interface ExchangeHandler {
  /**
   * A message that was not seen before, decrypted if it was encrypted. The handler judges it: it
   * either calls {@link Exchange#accept}, or drops it and stays as it is.
   */
  void receive(Received message, long nowNanos);

  /** The request was repeated as often as the policy allows. */
  void unanswered(long nowNanos);

  /** An encrypted message came along a path, and decryption made nothing of it. */
  default void undecryptable(UdpPath path, long nowNanos) {}

  /** The exchange ends: wipe what is secret. */
  void close();

  /**
   * A message on its way to its exchange.
   *
   * @param header the header
   * @param chain the payloads
   * @param digest identifies the datagram's bytes
   * @param nextIv the last block of the ciphertext; empty if it was in the clear
   * @param path where it came from and to
   */
  record Received(
      IsakmpHeader header, PayloadChain chain, ByteString digest, ByteString nextIv, UdpPath path) {
    Endpoint remote() {
      return path.remote();
    }
  }
}
