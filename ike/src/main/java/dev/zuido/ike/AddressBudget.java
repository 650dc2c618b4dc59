package dev.zuido.ike;

/**
 * What may be sent to the address of a first message. Anybody can send one from any address; until
 * somebody has answered from there with our cookie, the address gets at most three times the bytes
 * that came from it, and nothing that it did not ask for: so nobody is hit by more than who hits
 * him has to send himself. The bytes are those of the messages, without the headers of UDP and IP.
 */
final class AddressBudget {
  /** The factor of RFC 9000 section 8, which IKEv1 has none of its own for. */
  static final int FACTOR = 3;

  private long received;
  private long sent;
  private boolean proven;

  /**
   * A budget of nothing.
   *
   * @param proven whether the address is the one that we were told to speak to
   */
  AddressBudget(boolean proven) {
    this.proven = proven;
  }

  /** A message came from the address. */
  void received(int bytes) {
    received += bytes;
  }

  /** Somebody has answered with our cookie from there. */
  void prove() {
    proven = true;
  }

  boolean isProven() {
    return proven;
  }

  /** Takes what a message needs; false if there is not so much. */
  boolean take(int bytes) {
    if (!proven && sent + bytes > FACTOR * received) {
      return false;
    }
    sent += bytes;
    return true;
  }
}
