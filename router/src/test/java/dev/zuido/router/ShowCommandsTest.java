package dev.zuido.router;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShowCommandsTest {
  @Test
  void look() {
    TwoRouters both = new TwoRouters(TwoRouters.config("site-a"), TwoRouters.config("site-b"));
    both.runFor(Duration.ofSeconds(60));
    System.out.println(both.ping());
    for (String words :
        List.of(
            "crypto isakmp sa",
            "crypto isakmp sa detail",
            "crypto ipsec sa",
            "crypto map",
            "ip ospf neighbor",
            "ip ospf interface",
            "ip ospf interface brief",
            "ip ospf database",
            "ip route",
            "interfaces",
            "access-lists",
            "counters",
            "foo",
            "c",
            "ip ospf",
            "int tu1",
            "int eth5")) {
      System.out.println("# " + words);
      System.out.println(
          both.routerA().show().run(List.of(words.split(" ")), false, both.nowNanos()));
      if (!words.equals("counters")) {
        System.out.println(
            both.routerA().show().run(List.of(words.split(" ")), true, both.nowNanos()));
      }
    }
    both.log().forEach(System.out::println);
  }
}
