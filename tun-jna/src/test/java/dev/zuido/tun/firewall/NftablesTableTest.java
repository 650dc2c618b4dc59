package dev.zuido.tun.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NftablesTableTest {
  @Test
  void replacesInOneTransactionAndKeepsTheLinesOfTheText() {
    var table = new NftablesTable(NftablesTable.Family.INET, "zuido_eth0.7-a");
    assertEquals(
        "add table inet zuido_eth0.7-a; delete table inet zuido_eth0.7-a; "
            + "table inet zuido_eth0.7-a { chain one {\n}\n}\n",
        table.script("chain one {\n}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7a", "a b", "a;b", "a\nb", "a{", "-a", "a\"", "\u00e4"})
  void refusesNamesThatNftWouldReadOtherwise(String name) {
    assertThrows(
        IllegalArgumentException.class, () -> new NftablesTable(NftablesTable.Family.IP, name));
  }

  @Test
  void boundsNameAndText() {
    var table = new NftablesTable(NftablesTable.Family.IP, "a".repeat(200));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NftablesTable(NftablesTable.Family.IP, "a".repeat(201)));
    assertThrows(IllegalArgumentException.class, () -> table.replace(" ".repeat((1 << 20) + 1)));
  }
}
