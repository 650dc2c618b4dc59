package dev.zuido.fuzz.pppoe;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * A client and a concentrator get fuzzed frames. No exception escapes, what they hold can be shown
 * and is bounded, and the client has a session when the attack is over.
 */
class PppoeEngineFuzzTest {
  /** The client waits for an offer. */
  @FuzzTest(maxDuration = "5m")
  void discovery(byte[] input) {
    FuzzedLine line = new FuzzedLine();
    line.initiate();
    line.attack(input);
    line.recover();
  }

  /** The session is there. */
  @FuzzTest(maxDuration = "5m")
  void session(byte[] input) {
    FuzzedLine line = new FuzzedLine();
    line.dialIn();
    line.attack(input);
    line.recover();
  }
}
