package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.Ipv6Address;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The layouts of netinet/in.h and linux/ipv6.h, written out by hand. */
final class MessageGroupTest {
  private static final String SOURCE = "20010db8000000000000000000000001";
  private static final String DESTINATION = "20010db8000000000000000000000002";

  private final MessageGroup group = MessageGroup.toSend();

  @BeforeEach
  void onALittleEndianHost() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(NativeBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.get(offset, bytes, 0, length);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void laysOutIpv4AddressesAndControlData() {
    group.prepareToSend(1, Ipv4Messages.ADDRESS_BYTES, new byte[8], 0, 8);
    Ipv4Messages.putDestination(group, 1, 0xc0000202, 4500);
    assertEquals("0200" + "1194" + "c0000202" + "0000000000000000", hex(group.addresses(), 32, 16));
    Ipv4Messages.putHeader(group, 1, 0xc0000201, 0xb9);
    assertEquals(
        "1c00000000000000" + "00000000" + "08000000" + "00000000" + "c0000201" + "00000000",
        hex(group.controls(), 128, 28));
    assertEquals(
        "1400000000000000" + "00000000" + "01000000" + "b9000000", hex(group.controls(), 160, 20));
    assertEquals(0xb9, Ipv4Messages.typeOfService(group, 1));
  }

  @Test
  void laysOutIpv6AddressesAndControlData() {
    byte[] header = HexFormat.of().parseHex("6b900000000032ff" + SOURCE + DESTINATION);
    group.prepareToSend(1, Ipv6Messages.ADDRESS_BYTES, header, 0, header.length);
    Ipv6Messages.putDestination(group, 1, header, 0, 4500);
    assertEquals(
        "0a00" + "1194" + "00000000" + DESTINATION + "00000000", hex(group.addresses(), 32, 28));
    Ipv6Messages.putHeader(group, 1, header, 0);
    assertEquals(
        "2400000000000000" + "29000000" + "32000000" + SOURCE + "00000000",
        hex(group.controls(), 128, 36));
    assertEquals(
        "1400000000000000" + "29000000" + "43000000" + "b9000000", hex(group.controls(), 168, 20));
    assertEquals(0xb9, Ipv6Messages.trafficClass(group, 1));
    NativeBuffer local = new NativeBuffer(Ipv6Messages.ADDRESS_BYTES);
    Ipv6Messages.putAddress(local, 0, Ipv6Address.UNSPECIFIED.toBytes(), 0, 500);
    assertEquals("0a0001f4" + "00".repeat(24), hex(local, 0, 28));
  }

  @Test
  void controlDataThatAreAbsentOrCutOffAreFoundMissing() {
    group.prepareToReceive(2);
    group.prepareToSend(0, Ipv6Messages.ADDRESS_BYTES, new byte[40], 0, 40);
    assertEquals(-1, Ipv6Messages.interfaceOfArrival(group, 0));
    assertEquals(0, Ipv4Messages.destinationAddress(group, 0));
    int data = group.addControl(0, Ipv6Messages.IPPROTO_IPV6, Ipv6Messages.IPV6_PKTINFO, 20);
    group.controls().putInt(data + 16, 7);
    assertEquals(7, Ipv6Messages.interfaceOfArrival(group, 0));
    assertEquals(-1, Ipv4Messages.interfaceOfArrival(group, 0), "of another level");
    group.controls().putLong(data - MessageGroup.CONTROL_HEADER_BYTES, 1000);
    assertEquals(-1, Ipv6Messages.interfaceOfArrival(group, 0), "longer than all");
    group.controls().putLong(data - MessageGroup.CONTROL_HEADER_BYTES, 16 + 19);
    assertEquals(-1, Ipv6Messages.interfaceOfArrival(group, 0), "shorter than its kind");
  }
}
