package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ICV covers, beside what scapy's packets show. */
final class AhCoverageTest {
  private static final AhParameters V4 =
      AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 4);
  private static final AhParameters V6 =
      AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 6);

  /** An IPv4 packet with options, which are padded with zeros to 4 bytes. */
  static byte[] withOptions(String optionsHex) {
    byte[] options = Packets.hex(optionsHex);
    int header = 20 + (options.length + 3) / 4 * 4;
    byte[] packet = Arrays.copyOf(Packets.ipv4(20, IpProtocol.UDP), header + 24);
    packet[0] = (byte) (0x40 | header / 4);
    System.arraycopy(options, 0, packet, 20, options.length);
    Arrays.fill(packet, header, packet.length, (byte) 0x77);
    Ipv4Fields.setTotalLength(packet, 0, packet.length);
    return packet;
  }

  private static EspVerdict protect(AhParameters parameters, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    AhOutboundSa sa = AhPackets.outbound(parameters);
    sa.protect(batch);
    if (!batch.passes(0)) {
      assertArrayEquals(packet, batch.copy(0));
      assertEquals(0, sa.sequence());
    }
    return (EspVerdict) batch.verdict(0);
  }

  private static byte[] key(int length) {
    byte[] key = new byte[length];
    for (int i = 0; i < length; i++) {
      key[i] = (byte) (0x10 + i);
    }
    return key;
  }

  private static byte[] sha1(byte[] covered) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(key(20), "HmacSHA1"));
    return Arrays.copyOf(mac.doFinal(covered), 12);
  }

  @ParameterizedTest(name = "option {0}")
  @ValueSource(ints = {131, 137})
  void aSourceRouteIsZeroAndItsLastAddressTheDestination(int type) throws GeneralSecurityException {
    byte[] packet = withOptions("%02x0b04 0a000001 0a000002 00".formatted(type));
    byte[] sent = AhPackets.protect(AhPackets.outbound(V4), packet);
    byte[] covered = sent.clone();
    covered[1] = 0;
    BigEndian.putShort(covered, 6, 0);
    covered[8] = 0;
    BigEndian.putShort(covered, 10, 0);
    BigEndian.putInt(covered, 16, 0x0a000002);
    Arrays.fill(covered, 20, 31, (byte) 0);
    Arrays.fill(covered, 32 + 12, 32 + 24, (byte) 0);
    assertArrayEquals(sha1(covered), Arrays.copyOfRange(sent, 32 + 12, 32 + 24));
  }

  @Test
  void aSourceRoutedPacketIsVerifiedWhereItsRouteEnds() {
    byte[] sent =
        AhPackets.protect(AhPackets.outbound(V4), withOptions("830b04 0a000001 0a000002 00"));
    assertEquals(EspVerdict.UNSUPPORTED, AhPackets.verdict(AhPackets.inbound(V4), sent));
    byte[] arrived = sent.clone();
    arrived[22] = 12; // the pointer is behind the route
    BigEndian.putInt(arrived, 23, 0x0a0000fe); // and routers have recorded themselves
    BigEndian.putInt(arrived, 27, 0x0a0000ff);
    BigEndian.putInt(arrived, 16, 0x0a000002);
    Ipv4Fields.updateChecksum(arrived, 0);
    assertEquals(EspVerdict.OPENED, AhPackets.verdict(AhPackets.inbound(V4), arrived));
    BigEndian.putInt(arrived, 16, 0x0a000001);
    Ipv4Fields.updateChecksum(arrived, 0);
    assertEquals(EspVerdict.BAD_ICV, AhPackets.verdict(AhPackets.inbound(V4), arrived));
  }

  @ParameterizedTest(name = "options {0}")
  @ValueSource(
      strings = {
        "07", // no length
        "01010107", // no length at the end
        "07010000", // length below 2
        "07050400", // leaves the header
        "83060400 0000", // no whole address
        "83030300", // pointer before the first address
        "830704 0a000001 890704 0a000002" // two routes
      })
  void malformedOptionsAreRefused(String options) {
    byte[] packet = withOptions(options);
    if (options.length() == 2) {
      packet = withOptions("010101" + options);
    }
    assertEquals(EspVerdict.NOT_IPV4, protect(V4, packet));
    Ipv4Fields.setProtocol(packet, 0, IpProtocol.AH);
    assertEquals(EspVerdict.NOT_IPV4, AhPackets.verdict(AhPackets.inbound(V4), packet));
  }

  @ParameterizedTest(name = "option {0}: covered {1}")
  @CsvSource({
    "130, true",
    "133, true",
    "134, true",
    "148, true",
    "149, true",
    "7, false",
    "68, false",
    "82, false",
    "136, false",
    "11, false",
    "12, false",
    "145, false",
    "10, false",
    "205, false",
    "142, false",
    "144, false",
    "147, false",
    "255, false"
  })
  void eachOptionIsCoveredAsTheAppendixSays(int type, boolean covered) {
    byte[] sent =
        AhPackets.protect(
            AhPackets.outbound(V4), withOptions("%02x040102 01 01 01 00".formatted(type)));
    sent[23] ^= 0x10;
    Ipv4Fields.updateChecksum(sent, 0);
    assertEquals(
        covered ? EspVerdict.BAD_ICV : EspVerdict.OPENED,
        AhPackets.verdict(AhPackets.inbound(V4), sent));
  }

  @Test
  void paddingBehindTheEndOfTheListIsCovered() {
    byte[] sent = AhPackets.protect(AhPackets.outbound(V4), withOptions("01000000"));
    sent[23] = 7;
    Ipv4Fields.updateChecksum(sent, 0);
    assertEquals(EspVerdict.BAD_ICV, AhPackets.verdict(AhPackets.inbound(V4), sent));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a second hop-by-hop header,     0,  0001010400000000 1100010400000000, NOT_IPV4",
    "a header cut off,               0,  1103010400000000,                  NOT_IPV4",
    "an option beyond its header,    60, 1100010500000000,                  NOT_IPV4",
    "an option without length,       60, 110001030000001e,                  NOT_IPV4",
    "two fragment headers,           44, 2c00000000000001 1100000000000001, NOT_IPV4",
    "a first fragment,               44, 1100000100000001,                  FRAGMENT",
    "a later fragment,               44, 1100000800000001,                  FRAGMENT",
    "segments left,                  43, 1100040100000000,                  UNSUPPORTED",
    "type 0 with segments left,      43, 1100000100000000,                  UNSUPPORTED",
    "a home address,                 60, 1102010200 00c910 0102030405060708 0910111213141516,"
        + " UNSUPPORTED"
  })
  void ipv6ExtensionHeadersThatCannotBeCoveredAreRefused(
      String what, int header, String hex, EspVerdict verdict) {
    byte[] extension = Packets.hex(hex);
    byte[] packet = AhPackets.ipv6(header, extension, 16);
    assertEquals(verdict, protect(V6, packet), what);
    assertEquals(verdict, AhPackets.verdict(AhPackets.inbound(V6), packet), what);
  }

  /** RFC 4302 appendix A2: the header is as if it were not there, at both ends. */
  @Test
  void aFragmentHeaderThatMakesNoFragmentIsTakenOut() {
    byte[] options = Packets.hex("2c00010400000000");
    byte[] atomic = Packets.hex("3c00000012345678");
    byte[] destination = Packets.hex("1100010400000000");
    byte[] headers = join(options, atomic, destination);
    byte[] packet = AhPackets.ipv6(IpProtocol.HOP_BY_HOP, headers, 20);
    byte[] sent = AhPackets.protect(AhPackets.outbound(V6), packet);
    assertEquals(packet.length - 8 + 24, sent.length);
    assertEquals(60, sent[40]);
    assertEquals(IpProtocol.AH, sent[48]);
    byte[] without = packet.clone();
    without = join(Arrays.copyOf(without, 48), Arrays.copyOfRange(without, 56, without.length));
    without[40] = 60;
    BigEndian.putShort(without, 4, without.length - 40);
    assertArrayEquals(AhPackets.protect(AhPackets.outbound(V6), without), sent);

    byte[] left = join(Arrays.copyOf(sent, 48), atomic, Arrays.copyOfRange(sent, 48, sent.length));
    left[40] = IpProtocol.IPV6_FRAGMENT;
    BigEndian.putShort(left, 4, left.length - 40);
    PacketBatch batch = Packets.batch(left);
    AhPackets.inbound(V6).verify(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertArrayEquals(without, batch.copy(0));

    byte[] forged = left.clone();
    forged[forged.length - 1] ^= 1;
    PacketBatch refused = Packets.batch(forged);
    AhPackets.inbound(V6).verify(refused);
    assertEquals(EspVerdict.BAD_ICV, refused.verdict(0));
    assertArrayEquals(forged, refused.copy(0));
  }

  private static byte[] join(byte[]... parts) {
    byte[] all = new byte[0];
    for (byte[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }

  @ParameterizedTest(name = "{0}, extended {1}")
  @CsvSource({
    "AES_128_GMAC, false",
    "AES_192_GMAC, false",
    "AES_256_GMAC, false",
    "AES_128_GMAC, true"
  })
  void gmacCoversTheIvAndNotItsTag(AhIntegrity integrity, boolean extended)
      throws GeneralSecurityException {
    AhParameters parameters =
        AhPackets.parameters(EspMode.TRANSPORT, integrity, 6).withExtendedSequenceNumbers(extended);
    AhOutboundSa sa = AhPackets.outbound(parameters);
    long sequence = extended ? 0x7_0000_0009L : 9;
    sa.preset(sequence - 1, 0);
    byte[] sent = AhPackets.protect(sa, AhPackets.ipv6(17, new byte[0], 33));
    assertEquals(sequence, BigEndian.getLong(sent, 40 + 12));
    byte[] covered = Arrays.copyOf(sent, sent.length + (extended ? 4 : 0));
    BigEndian.putInt(covered, 0, 6 << 28);
    covered[7] = 0;
    Arrays.fill(covered, 40 + 20, 40 + 36, (byte) 0);
    if (extended) {
      BigEndian.putInt(covered, sent.length, 7);
    }
    byte[] material = key(integrity.keyMaterialLength());
    byte[] nonce = new byte[12];
    System.arraycopy(material, integrity.keyLength(), nonce, 0, 4);
    BigEndian.putLong(nonce, 4, sequence);
    Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    gcm.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(material, 0, integrity.keyLength(), "AES"),
        new GCMParameterSpec(128, nonce));
    gcm.updateAAD(covered);
    assertArrayEquals(gcm.doFinal(), Arrays.copyOfRange(sent, 40 + 20, 40 + 36));
  }
}
