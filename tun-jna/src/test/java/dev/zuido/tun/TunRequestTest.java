package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.tun.system.NativeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TunRequestTest {
  @Test
  void laysOutTheNameAndTheFlags() {
    NativeBuffer request = TunRequest.ofName("fifteen-letters", TunOptions.PLAIN);
    assertEquals(40, request.size());
    assertEquals("fifteen-letters", TunRequest.name(request));
    assertEquals(0, request.getByte(15));
    assertEquals(0x1001, request.getShort(16));
  }

  @Test
  void asksForHeadersAndQueuesByFlags() {
    var segmented = TunOptions.PLAIN.withOffload(TunOptions.Offload.SEGMENTED);
    assertEquals(0x5001, TunRequest.ofName("a", segmented).getShort(16));
    var several = TunOptions.PLAIN.withMultiQueue(true);
    assertEquals(0x1101, TunRequest.ofName("a", several).getShort(16));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "sixteen-letters!", ".", "..", "a/b", "a b", "a:b", "t\u00fcn", "a\u0000b"})
  void refusesNamesThatTheKernelWouldCutOrRefuse(String name) {
    assertThrows(IllegalArgumentException.class, () -> TunRequest.ofName(name, TunOptions.PLAIN));
  }

  @Test
  void writesNumbersInNetworkOrder() {
    NativeBuffer buffer = new NativeBuffer(8);
    buffer.putNetworkInt(0, 0x01020304);
    buffer.putNetworkShort(4, 0xfedc);
    byte[] bytes = new byte[6];
    buffer.get(0, bytes, 0, 6);
    assertArrayEquals(new byte[] {1, 2, 3, 4, (byte) 0xfe, (byte) 0xdc}, bytes);
    assertEquals(0x01020304, buffer.getNetworkInt(0));
    assertEquals(0xfedc, buffer.getNetworkShort(4));
  }
}
