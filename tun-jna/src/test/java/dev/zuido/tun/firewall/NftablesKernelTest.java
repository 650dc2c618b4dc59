package dev.zuido.tun.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Errno;
import dev.zuido.tun.Kernel;
import dev.zuido.tun.OperatingSystemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NftablesKernelTest {
  private static final NftablesTable TABLE =
      new NftablesTable(NftablesTable.Family.IP, "zuido_eth0.7-wan");

  @BeforeEach
  void inANamespace() {
    Kernel.require();
  }

  @AfterEach
  void flush() {
    if (Boolean.getBoolean("zuido.kernel")) {
      Kernel.run("nft", "flush", "ruleset");
    }
  }

  private static String chain(String rule) {
    return "chain forward {\n  type filter hook forward priority 0; policy accept;\n"
        + rule
        + "\n}\n";
  }

  private static String shown() {
    return Kernel.run("nft", "list", "ruleset");
  }

  @Test
  void isReplacedAsAWholeAndLeavesTheTablesOfOthers() {
    Kernel.run("nft", "add", "table", "ip", "other");
    TABLE.replace(chain("ip saddr 10.1.1.0/24 drop"));
    assertTrue(shown().contains("table ip zuido_eth0.7-wan {"), shown());
    assertTrue(shown().contains("ip saddr 10.1.1.0/24 drop"), shown());
    TABLE.replace(chain("ip saddr 10.1.2.0/24 drop"));
    assertTrue(shown().contains("10.1.2.0/24"), shown());
    assertFalse(shown().contains("10.1.1.0/24"), shown());
    TABLE.remove();
    assertFalse(shown().contains("zuido"), shown());
    TABLE.remove();
    assertTrue(shown().contains("table ip other"), shown());
  }

  @Test
  void whatIsRefusedLeavesTheEarlierTable() {
    TABLE.replace(chain("ip saddr 10.1.1.0/24 drop"));
    var syntax =
        assertThrows(OperatingSystemException.class, () -> TABLE.replace(chain("no such rule")));
    assertEquals(Errno.EINVAL, syntax.error());
    assertTrue(
        syntax.getMessage().contains("replace the nftables table ip zuido"), syntax.advice());
    assertTrue(syntax.advice().contains("/dev/stdin:3:"), syntax.advice());
    var absent =
        assertThrows(OperatingSystemException.class, () -> TABLE.replace(chain("jump elsewhere")));
    assertEquals(Errno.ENOENT, absent.error());
    assertTrue(shown().contains("10.1.1.0/24"), shown());
  }

  @Test
  void withoutTheCapabilityItSaysWhatIsNeeded() {
    String printed = Kernel.runWithoutCapabilities(WithoutCapabilities.class);
    assertTrue(printed.contains("remove the nftables table ip zuido"), printed);
    assertTrue(printed.contains("EPERM"), printed);
    assertTrue(printed.contains("CAP_NET_ADMIN"), printed);
  }

  /** Prints what an unprivileged process is told. */
  static final class WithoutCapabilities {
    private WithoutCapabilities() {}

    public static void main(String[] args) {
      try {
        TABLE.remove();
        System.out.println("removed");
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
