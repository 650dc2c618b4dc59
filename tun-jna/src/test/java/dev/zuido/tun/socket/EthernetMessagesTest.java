package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.MacAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The layouts of linux/if_packet.h, written out by hand. */
final class EthernetMessagesTest {
  private final MessageGroup group = MessageGroup.toSend();

  @BeforeEach
  void onALittleEndianHost() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void laysOutWhereFramesGo() {
    NativeBuffer address = new NativeBuffer(EthernetMessages.ADDRESS_BYTES);
    address.putLong(8, -1);
    EthernetMessages.putAddress(address, 0, 0x8863, 7);
    byte[] bytes = new byte[20];
    address.get(0, bytes, 0, 20);
    assertEquals("1100" + "8863" + "07000000" + "00".repeat(12), HexFormat.of().formatHex(bytes));
  }

  @Test
  void readsTheInterfacesOwnAddress() {
    NativeBuffer address = new NativeBuffer(EthernetMessages.ADDRESS_BYTES);
    byte[] bytes = HexFormat.of().parseHex("1100000307000000" + "01000006" + "02005e1000010000");
    address.put(0, bytes, 0, bytes.length);
    assertTrue(EthernetMessages.isEthernet(address));
    assertEquals(MacAddress.parse("02:00:5e:10:00:01"), EthernetMessages.ownAddress(address));
    address.putShort(8, 772);
    assertFalse(EthernetMessages.isEthernet(address), "the loopback interface");
    address.putShort(8, 1);
    address.putByte(11, 0);
    assertFalse(EthernetMessages.isEthernet(address), "without an address");
  }

  private void receivedWith(int status, int tag) {
    group.prepareToSend(0, 0, new byte[64], 0, 64);
    int data = group.addControl(0, 263, 8, 20);
    group.controls().putInt(data, status);
    group.controls().putShort(data + 16, tag);
  }

  @Test
  void tellsFramesOfAVlanFromOthers() {
    receivedWith(0x10 | 1, 5);
    assertTrue(EthernetMessages.isOfVlan(group, 0));
    receivedWith(0x10 | 1, 0xe000 | 5);
    assertTrue(EthernetMessages.isOfVlan(group, 0));
    receivedWith(0x10 | 1, 0xe000);
    assertFalse(EthernetMessages.isOfVlan(group, 0), "a priority is no VLAN");
    receivedWith(1, 5);
    assertFalse(EthernetMessages.isOfVlan(group, 0), "there was no tag");
    group.prepareToSend(0, 0, new byte[64], 0, 64);
    assertFalse(EthernetMessages.isOfVlan(group, 0));
  }
}
