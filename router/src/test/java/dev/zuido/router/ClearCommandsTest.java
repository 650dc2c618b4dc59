package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClearCommandsTest {
  private static final Duration UP = Duration.ofSeconds(70);

  private static OspfRouters two() {
    String text =
        """
        hostname rX
        interface GigabitEthernet0/1
         ip address 10.0.1.X 255.255.255.0
         ip ospf 1 area 0
        router ospf 1
         router-id 9.9.9.X
        """;
    return new OspfRouters().add(text.replace("X", "1")).add(text.replace("X", "2")).run(UP);
  }

  private static long losses(OspfRouters routers) {
    return routers.log().stream().filter(line -> line.matches("r1 .*from FULL to DOWN.*")).count();
  }

  @Test
  void theProcessBeginsAnew() {
    OspfRouters both = two();
    assertEquals("The OSPF process begins anew.\n", both.clear("r1", "clear ip ospf process"));
    assertEquals(1, losses(both));
    both.run(UP);
    assertTrue(both.show("r1", "ip ospf neighbor").contains("FULL"));
    assertEquals("The OSPF process begins anew.\n", both.clear("r1", "cl ip os 1 pro"));
  }

  @ParameterizedTest
  @CsvSource({"''", "' 9.9.9.2'", "' gi0/1'", "' GigabitEthernet 0/1'"})
  void conversationsBeginAnew(String which) {
    OspfRouters both = two();
    assertEquals(
        "The conversations on 1 interfaces begin anew.\n",
        both.clear("r1", "clear ip ospf neighbor" + which));
    assertEquals(1, losses(both));
    both.run(UP);
    assertTrue(both.show("r1", "ip ospf neighbor").contains("FULL"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clear | 'clear' is incomplete: expected ip",
        "clear ip ospf | 'clear ip ospf' is incomplete: expected one of neighbor, process",
        "clear ip ospf foo | 'foo' is not understood after 'clear ip ospf': expected one of"
            + " neighbor, process",
        "clear ip ospf 2 process | '2' is not understood after 'clear ip ospf': expected 1",
        "clear ip ospf process x | 'x' is too much: 'clear ip ospf process' is complete",
        "clear ip ospf neighbor 1.1.1.1 | '1.1.1.1' is not understood after 'clear ip ospf"
            + " neighbor': expected 9.9.9.2",
      })
  void whatIsNotUnderstoodIsNamed(String words, String message) {
    assertEquals(message, two().clear("r1", words));
  }
}
