package dev.zuido.testkit.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaChecksum;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.MalformedLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class OspfCodecPropertyTest {
  @Provide
  Arbitrary<OspfPacket> packets() {
    return OspfArbitraries.packets();
  }

  @Provide
  Arbitrary<Lsa> lsas() {
    return OspfArbitraries.lsas();
  }

  @Provide
  Arbitrary<OddPackets.OddPacket> oddPackets() {
    return OddPackets.packets();
  }

  @Provide
  Arbitrary<BrokenPackets.BrokenPacket> brokenPackets() {
    return BrokenPackets.packets();
  }

  @Provide
  Arbitrary<BrokenLsas.BrokenLsa> brokenLsas() {
    return BrokenLsas.lsas();
  }

  @Provide
  Arbitrary<OpaqueBody> opaqueBodies() {
    return OpaqueArbitraries.bodies();
  }

  @Provide
  Arbitrary<ByteString> oddOpaqueBodies() {
    return OpaqueArbitraries.oddBodies();
  }

  @Provide
  Arbitrary<OpaqueArbitraries.BrokenBody> brokenOpaqueBodies() {
    return OpaqueArbitraries.brokenBodies();
  }

  @Provide
  Arbitrary<CryptographicKey.Algorithm> algorithms() {
    return Arbitraries.of(CryptographicKey.Algorithm.class);
  }

  @Property(tries = 500)
  void packetsRoundTrip(@ForAll("packets") OspfPacket packet) throws Exception {
    byte[] bytes = encode(packet);
    assertEquals(bytes.length, packet.encodedLength());
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    assertEquals(packet, OspfPacket.decode(in));
    assertFalse(in.isReadable());
  }

  @Property(tries = 300)
  void packetsAreReadWhereverTheyStandInABuffer(
      @ForAll("packets") OspfPacket packet, @ForAll @IntRange(max = 40) int before)
      throws Exception {
    byte[] bytes = encode(packet);
    ByteBuf in = Unpooled.buffer().writeZero(before).writeBytes(bytes);
    assertEquals(packet, OspfPacket.decode(in.skipBytes(before)));
    ByteBuf out = Unpooled.buffer().writeZero(before);
    packet.encode(out);
    assertEquals(ByteString.of(bytes), ByteString.read(out.skipBytes(before), bytes.length));
  }

  @Property(tries = 400)
  void oddPacketsRoundTrip(@ForAll("oddPackets") OddPackets.OddPacket odd) throws Exception {
    assertEquals(odd.packet(), OspfPacket.decode(Unpooled.wrappedBuffer(encode(odd.packet()))));
  }

  @Property(tries = 600)
  void brokenPacketsAreRefusedForTheirRule(
      @ForAll("brokenPackets") BrokenPackets.BrokenPacket broken) {
    MalformedPacketException e =
        assertThrows(MalformedPacketException.class, () -> decode(broken.bytes().toArray()));
    assertEquals(broken.rule().reason(), e.reason(), e.getMessage());
    assertTrue(e.offset() >= 0 && e.offset() <= broken.bytes().length(), e.getMessage());
  }

  @Property(tries = 600)
  void brokenLsasAreHandedOutButNotIntact(@ForAll("brokenLsas") BrokenLsas.BrokenLsa broken)
      throws Exception {
    byte[] bytes = broken.bytes().toArray();
    Lsa lsa = Lsa.decodeBounded(Unpooled.wrappedBuffer(bytes), 0);
    assertFalse(lsa.isIntact(), broken.toString());
    assertFalse(lsa.toString().isEmpty());
    if (lsa.body() instanceof MalformedLsa malformed) {
      assertEquals(broken.rule().reason(), malformed.reason(), broken.toString());
      assertTrue(lsa.hasValidChecksum());
      assertTrue(malformed.offset() >= LsaHeader.LENGTH && malformed.offset() <= bytes.length);
    } else {
      assertNull(broken.rule().reason());
    }
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out);
    assertEquals(broken.bytes(), ByteString.read(out, out.readableBytes()));
  }

  @Property(tries = 300)
  void opaqueBodiesRoundTrip(@ForAll("opaqueBodies") OpaqueBody body) throws Exception {
    assertEquals(body, OpaqueBody.decode(body.opaqueType(), body.information()));
  }

  @Property(tries = 300)
  void oddOpaqueBodiesAreRead(
      @ForAll("oddOpaqueBodies") ByteString information, @ForAll @IntRange(max = 9) int type) {
    try {
      assertFalse(OpaqueBody.decode(type, information).toString().isEmpty());
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0, e.getMessage()); // It is a body of another type.
    }
  }

  @Property(tries = 400)
  void brokenOpaqueBodiesAreRefusedForTheirRule(
      @ForAll("brokenOpaqueBodies") OpaqueArbitraries.BrokenBody broken) {
    MalformedPacketException e =
        assertThrows(
            MalformedPacketException.class,
            () -> OpaqueBody.decode(broken.opaqueType(), broken.information()));
    assertEquals(broken.rule().reason(), e.reason(), broken + " " + e.getMessage());
  }

  @Property(tries = 100)
  void truncatedPacketsAreRefused(@ForAll("packets") OspfPacket packet) {
    byte[] bytes = encode(packet);
    for (int length = 0; length < bytes.length; length++) {
      byte[] truncated = Arrays.copyOf(bytes, length);
      assertThrows(MalformedPacketException.class, () -> decode(truncated));
    }
  }

  @Property(tries = 500)
  void flippedBitsGiveAPacketOrTheException(@ForAll("packets") OspfPacket packet, @ForAll int bit) {
    byte[] bytes = encode(packet);
    int index = Math.floorMod(bit, bytes.length * 8);
    bytes[index / 8] ^= (byte) (1 << index % 8);
    tryDecode(bytes);
  }

  @Property(tries = 500)
  void arbitraryBytesGiveAPacketOrTheException(@ForAll byte[] bytes) {
    tryDecode(bytes);
    // With a header that passes, the bytes get as far as the bodies.
    byte[] framed = new byte[24 + bytes.length];
    System.arraycopy(bytes, 0, framed, 24, bytes.length);
    for (int type = 1; type <= 5; type++) {
      framed[0] = 2;
      framed[1] = (byte) type;
      framed[2] = (byte) (framed.length >> 8);
      framed[3] = (byte) framed.length;
      framed[15] = 2;
      tryDecode(framed);
    }
  }

  @Property(tries = 500)
  void arbitraryBodiesGiveAnLsaThatIsHandedOut(
      @ForAll byte[] body, @ForAll @IntRange(max = 12) int type) throws Exception {
    byte[] bytes = new byte[28 + LsaHeader.LENGTH + body.length];
    bytes[0] = 2;
    bytes[1] = 4;
    bytes[2] = (byte) (bytes.length >> 8);
    bytes[3] = (byte) bytes.length;
    bytes[15] = 2;
    bytes[27] = 1;
    bytes[28 + 3] = (byte) type;
    bytes[28 + 18] = (byte) (bytes.length - 28 >> 8);
    bytes[28 + 19] = (byte) (bytes.length - 28);
    System.arraycopy(body, 0, bytes, 28 + LsaHeader.LENGTH, body.length);
    LinkStateUpdatePacket update = (LinkStateUpdatePacket) decode(bytes);
    assertEquals(ByteString.of(bytes), ByteString.of(encode(update)));
    assertFalse(update.toString().isEmpty());
  }

  @Property(tries = 300)
  void lsasRoundTripAndTheirChecksumHolds(@ForAll("lsas") Lsa lsa) throws Exception {
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out);
    byte[] bytes = ByteString.read(out, out.readableBytes()).toArray();
    Lsa read = Lsa.decode(Unpooled.wrappedBuffer(bytes));
    assertEquals(lsa, read);
    assertEquals(lsa.body(), read.body());
    assertTrue(read.isIntact());
    int checksum = lsa.header().checksum();
    assertEquals(checksum, LsaChecksum.compute(bytes, 0, bytes.length));
    bytes[16] ^= (byte) 0xff;
    assertEquals(checksum, LsaChecksum.compute(bytes, 0, bytes.length));
  }

  @Property(tries = 300)
  void instancesAreOrdered(
      @ForAll("lsas") Lsa a,
      @ForAll @IntRange(max = 4000) int age1,
      @ForAll @IntRange(max = 4000) int age2) {
    LsaHeader first = a.header().withAge(age1);
    LsaHeader second = a.header().withAge(age2);
    assertEquals(
        LsaHeader.compareInstances(first, second), -LsaHeader.compareInstances(second, first));
    assertEquals(0, LsaHeader.compareInstances(first, first));
  }

  @Property(tries = 200)
  void signedPacketsVerifyAndChangedOnesDoNot(
      @ForAll("packets") OspfPacket packet,
      @ForAll("algorithms") CryptographicKey.Algorithm algorithm,
      @ForAll byte[] secret,
      @ForAll int bit)
      throws Exception {
    ByteString usable = ByteString.of(secret, 0, Math.min(secret.length, algorithm.digestLength()));
    try (CryptographicKey key = new CryptographicKey(7, algorithm, usable)) {
      byte[] packetBytes = encode(packet);
      ByteBuf out = Unpooled.buffer();
      out.writeBytes(packetBytes, 0, packet.packetLength());
      out.setShort(12, 0).setShort(14, 2).setLong(16, key.authentication(5).field());
      out.writeZero(algorithm.digestLength());
      key.sign(out, 0);
      assertTrue(key.verify(out, 0));
      OspfPacket.decode(out.duplicate());
      int changed = 20 * 8 + Math.floorMod(bit, (out.writerIndex() - 20) * 8);
      out.setByte(changed / 8, out.getByte(changed / 8) ^ 1 << changed % 8);
      assertFalse(key.verify(out, 0));
    }
  }

  private static void tryDecode(byte[] bytes) {
    try {
      OspfPacket packet = decode(bytes);
      assertFalse(packet.toString().isEmpty());
      packet.encode(Unpooled.buffer());
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e.getMessage());
    }
  }

  private static OspfPacket decode(byte[] bytes) throws MalformedPacketException {
    return OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
  }

  private static byte[] encode(OspfPacket packet) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    return ByteString.read(out, out.readableBytes()).toArray();
  }
}
