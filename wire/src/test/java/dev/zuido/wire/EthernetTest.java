package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ethernet addresses and headers. */
final class EthernetTest {
  private static final MacAddress STATION = MacAddress.parse("02:00:5e:10:00:01");

  @Test
  void anAddressIsSixOctetsTheFirstInTheHighestByte() {
    assertEquals(0x02005e100001L, STATION.value());
    assertEquals("02:00:5e:10:00:01", STATION.toString());
    assertEquals(STATION, MacAddress.parse("02-00-5E-10-00-01"));
    assertEquals("ff:ff:ff:ff:ff:ff", MacAddress.BROADCAST.toString());
    assertEquals("00:00:00:00:00:00", new MacAddress(0).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02:00:5e:10:00",
        "02:00:5e:10:00:01:02",
        "2:0:5e:10:0:1",
        "02:00:5e:10:00:0g",
        "02005e100001",
        "02:00:5e:10:00:01 "
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> MacAddress.parse(text));
  }

  @Test
  void anAddressHas48Bits() {
    assertThrows(IllegalArgumentException.class, () -> new MacAddress(1L << 48));
    assertThrows(IllegalArgumentException.class, () -> new MacAddress(-1));
  }

  @Test
  void aGroupHasTheLowestBitOfItsFirstOctet() {
    assertFalse(STATION.isGroup());
    assertTrue(MacAddress.BROADCAST.isGroup());
    assertTrue(MacAddress.parse("01:00:5e:00:00:05").isGroup());
    assertFalse(MacAddress.parse("00:01:01:01:01:01").isGroup());
  }

  @Test
  void addressesAreInTheOrderOfTheirOctets() {
    assertTrue(STATION.compareTo(MacAddress.BROADCAST) < 0);
    assertTrue(MacAddress.parse("02:00:5e:10:00:02").compareTo(STATION) > 0);
    assertEquals(0, STATION.compareTo(new MacAddress(STATION.value())));
  }

  @Property
  void eachFormOfAnAddressReadsBack(@ForAll @LongRange(min = 0, max = (1L << 48) - 1) long value) {
    MacAddress address = new MacAddress(value);
    assertEquals(address, MacAddress.parse(address.toString()));
    ByteBuf out = Unpooled.buffer();
    address.write(out);
    assertEquals(MacAddress.LENGTH, out.readableBytes());
    byte[] array = new byte[9];
    address.put(array, 3);
    assertArrayEquals(ByteBufUtil.getBytes(out), Arrays.copyOfRange(array, 3, 9));
    assertEquals(address, MacAddress.at(array, 3));
    assertEquals(address, MacAddress.read(out));
    assertFalse(out.isReadable());
  }

  @Test
  void aHeaderIsDestinationSourceAndType() {
    byte[] frame = new byte[16];
    EthernetFields.put(
        frame, 2, MacAddress.BROADCAST, STATION, EthernetFields.TYPE_PPPOE_DISCOVERY);
    assertEquals("0000ffffffffffff02005e1000018863", ByteString.of(frame).toString());
    assertEquals(MacAddress.BROADCAST, EthernetFields.destination(frame, 2));
    assertEquals(STATION, EthernetFields.source(frame, 2));
    assertEquals(0x8863, EthernetFields.type(frame, 2));
    assertEquals(14, EthernetFields.HEADER_LENGTH);
  }
}
