package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.tun.system.NativeBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The layouts of sys/kern_control.h and net/if_utun.h, written out by hand. */
final class UtunRequestTest {
  @BeforeEach
  void onALittleEndianHost() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(NativeBuffer buffer) {
    byte[] bytes = new byte[(int) buffer.size()];
    buffer.get(0, bytes, 0, bytes.length);
    return HexFormat.of().formatHex(bytes);
  }

  private static String ascii(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void laysOutTheRequests() {
    assertEquals(
        "00000000" + ascii("com.apple.net.utun_control") + "00".repeat(70),
        hex(UtunRequest.controlInfo()));
    assertEquals(
        "20" + "20" + "0200" + "07000000" + "04000000" + "00".repeat(20),
        hex(UtunRequest.controlAddress(7, 3)));
    assertEquals(0, UtunRequest.controlAddress(7, -1).getInt(8), "any unit");
    assertEquals(
        ascii("utun3") + "00".repeat(11) + "78050000" + "00".repeat(12),
        hex(UtunRequest.mtu("utun3", 1400)));
  }

  /** {@code _IOWR('N', 3, struct ctl_info)} and {@code _IOW('i', 52, struct ifreq)}. */
  @Test
  void numbersTheRequestsAsTheMacrosDo() {
    assertEquals(0xc0000000L | 100 << 16 | 'N' << 8 | 3, UtunRequest.CTLIOCGINFO);
    assertEquals(0x80000000L | 32 << 16 | 'i' << 8 | 52, UtunRequest.SIOCSIFMTU);
  }

  @Test
  void thePacketsFamilyStandsBeforeIt() {
    NativeBuffer header = new NativeBuffer(UtunRequest.HEADER_BYTES);
    assertFalse(UtunRequest.isIp(header));
    assertTrue(UtunRequest.putHeader(header, 0x45));
    assertEquals("00000002", hex(header));
    assertTrue(UtunRequest.isIp(header));
    assertTrue(UtunRequest.putHeader(header, 0x60));
    assertEquals("0000001e", hex(header));
    assertTrue(UtunRequest.isIp(header));
    assertFalse(UtunRequest.putHeader(header, 0x55));
  }

  @ParameterizedTest
  @CsvSource({"utun0,0", "utun17,17", "utun%d,-1"})
  void namesAreUnits(String name, int unit) {
    assertEquals(unit, UtunRequest.unit(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tun0", "utun", "utun-1", "utun01", "utun999999", "utun0 "})
  void otherNamesAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> UtunRequest.unit(name));
  }

  @Test
  void onAnotherSystemItSaysSo() {
    assumeTrue(!System.getProperty("os.name", "").startsWith("Mac"));
    assertThrows(UnsupportedOperationException.class, () -> UtunDevice.open("utun%d", 1400));
  }
}
