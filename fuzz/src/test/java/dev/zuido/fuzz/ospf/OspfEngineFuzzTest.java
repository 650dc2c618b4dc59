package dev.zuido.fuzz.ospf;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * An engine that has adjacencies gets fuzzed packets from its neighbors' addresses. No exception
 * escapes, what it holds can be shown, and the network agrees again when the attack is over.
 */
class OspfEngineFuzzTest {
  /** Full adjacencies on a link and a broadcast network, no authentication. */
  @FuzzTest(maxDuration = "5m")
  void full(byte[] input) {
    FuzzedNetwork network = new FuzzedNetwork(FuzzedNetwork.PLAIN);
    network.converge();
    network.attack(input);
    network.recover();
  }

  /** The databases are being exchanged. */
  @FuzzTest(maxDuration = "5m")
  void exchange(byte[] input) {
    FuzzedNetwork network = new FuzzedNetwork(FuzzedNetwork.PLAIN);
    network.beginExchange();
    network.attack(input);
    network.recover();
  }

  /** Whoever does not have the key changes nothing. */
  @FuzzTest(maxDuration = "5m")
  void withoutTheKey(byte[] input) {
    FuzzedNetwork network = new FuzzedNetwork(FuzzedNetwork.KEYED);
    network.converge();
    network.attackInVain(input);
    network.recover();
  }
}
