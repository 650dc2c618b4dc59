package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SysctlKernelTest {
  @BeforeEach
  void inANamespace() {
    Kernel.require();
  }

  @Test
  void readsAndChangesASetting() {
    String name = "net/ipv4/ip_forward";
    int before = Sysctl.readInt(name);
    Sysctl.write(name, 1 - before);
    assertEquals(1 - before, Sysctl.readInt(name));
    assertEquals(Integer.toString(1 - before), Kernel.run("cat", "/proc/sys/" + name).strip());
    Sysctl.write(name, before);
    assertEquals(before, Sysctl.readInt(name));
    Kernel.run("ip", "link", "add", "zs.7", "type", "veth");
    try {
      Sysctl.write("net/ipv4/conf/zs.7/rp_filter", "2");
      assertEquals("2", Sysctl.read("net/ipv4/conf/zs.7/rp_filter"));
      assertTrue(Sysctl.read("net/ipv4/ip_local_port_range").contains("\t"));
    } finally {
      Kernel.run("ip", "link", "del", "zs.7");
    }
  }

  @Test
  void refusalsAreTyped() {
    var absent =
        assertThrows(
            OperatingSystemException.class, () -> Sysctl.read("net/ipv4/conf/absent/rp_filter"));
    assertEquals(Errno.ENOENT, absent.error());
    assertTrue(absent.advice().contains("interface is absent"), absent.getMessage());
    var wrong =
        assertThrows(
            OperatingSystemException.class, () -> Sysctl.write("net/ipv4/ip_forward", "perhaps"));
    assertEquals(Errno.EINVAL, wrong.error());
    assertEquals("set net/ipv4/ip_forward to perhaps", wrong.operation());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "net",
        "net/",
        "kernel/hostname",
        "net/../kernel/hostname",
        "net/ipv4/..",
        "net//ipv4",
        "net.ipv4.ip_forward",
        "net/ipv4/a b",
        "/net/ipv4/ip_forward",
        "net/\u0000"
      })
  void otherNamesAreNotLookedAt(String name) {
    assertThrows(IllegalArgumentException.class, () -> Sysctl.read(name));
  }
}
