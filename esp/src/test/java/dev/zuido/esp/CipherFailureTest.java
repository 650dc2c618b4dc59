package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import java.security.ProviderException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cipher that throws an exception leaves no packet passing that is not sealed, or not opened. */
final class CipherFailureTest {
  private static final EspVerdict FAILED = EspVerdict.CIPHER_FAILED;
  private static final SaParameters GRE =
      Packets.transport(Packets.REFERENCE)
          .withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.GRE))
          .withSpi(300);
  private static final SaParameters TCP =
      Packets.transport(Packets.REFERENCE)
          .withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.TCP))
          .withSpi(301);

  private final SecurityPolicy gre =
      new SecurityPolicy("gre", GRE.selector(), PolicyAction.PROTECT);
  private final SecurityPolicy tcp =
      new SecurityPolicy("tcp", TCP.selector(), PolicyAction.PROTECT);
  private final IpsecBoundary boundary =
      new IpsecBoundary(
          new SecurityPolicyDatabase(List.of(gre, tcp), PolicyAction.BYPASS),
          new SecurityAssociationDatabase(4),
          address -> true);

  /** A token that was pulled out, from some call on. */
  private static final class Unplugged implements EspTransform {
    private int calls;

    Unplugged(int calls) {
      this.calls = calls;
    }

    private void call() {
      if (calls-- <= 0) {
        throw new ProviderException("the token is gone");
      }
    }

    @Override
    public void seal(byte[] slab, EspFrames frames) {
      call();
    }

    @Override
    public void open(byte[] slab, EspFrames frames) {
      call();
    }

    @Override
    public void close() {}
  }

  private static final AhIcv UNPLUGGED_ICV =
      new AhIcv() {
        @Override
        public void sign(byte[] bytes, int start, int length, int field, long sequence) {
          throw new ProviderException("the token is gone");
        }

        @Override
        public boolean verify(byte[] bytes, int start, int length, int field, long sequence) {
          throw new ProviderException("the token is gone");
        }

        @Override
        public void close() {}
      };

  private static OutboundSa unplugged(SaParameters parameters, int calls) {
    return new OutboundSa(parameters, new Unplugged(calls), 0, 0);
  }

  private static byte[] tcpPacket() {
    return Packets.ipv4(60, IpProtocol.TCP);
  }

  private static void assertVerdicts(PacketBatch batch, EspVerdict... verdicts) {
    for (int i = 0; i < verdicts.length; i++) {
      assertEquals(verdicts[i], batch.verdict(i), "packet " + i);
    }
  }

  @Test
  void aSaThatFailsLetsNoPacketOfTheBatchPass() {
    OutboundSa out = unplugged(GRE, 1);
    PacketBatch batch = new PacketBatch(200, 100, 128, 64);
    for (int i = 0; i < 200; i++) {
      batch.add(Packets.gre(60), 0, 60);
    }
    assertThrows(ProviderException.class, () -> out.seal(batch));
    for (int i = 0; i < 200; i++) {
      assertEquals(i < 64 ? EspVerdict.SEALED : FAILED, batch.verdict(i), "packet " + i);
    }
    assertEquals(64, out.counters().packets(EspVerdict.SEALED));
    assertEquals(136, out.counters().packets(FAILED));
    assertEquals(128, out.sequence(), "the numbers are not used again");
  }

  @Test
  void dummiesDoNotPassEither() {
    PacketBatch batch = new PacketBatch(1, 1500, 128, 64);
    OutboundSa out = unplugged(GRE, 0);
    assertThrows(ProviderException.class, () -> out.sealDummy(batch, 100));
    assertVerdicts(batch, FAILED);
  }

  @Test
  void whatWasNotOpenedDoesNotPass() {
    OutboundSa out = Packets.outbound(GRE, 1);
    PacketBatch batch =
        Packets.batch(Packets.seal(out, Packets.gre(60)), Packets.seal(out, Packets.gre(60)));
    InboundSa in = new InboundSa(GRE.mirrored(), new Unplugged(0), 0);
    assertThrows(ProviderException.class, () -> in.open(batch));
    assertVerdicts(batch, FAILED, FAILED);
    assertEquals(2, in.counters().packets(FAILED));
  }

  @Test
  void ahThatFailsLetsNoPacketOfTheBatchPass() {
    AhParameters parameters =
        AhParameters.of(300, EspMode.TUNNEL, AhIntegrity.HMAC_SHA1_96, Packets.HERE, Packets.THERE);
    AhOutboundSa out = new AhOutboundSa(parameters, UNPLUGGED_ICV, 0, 0);
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(61));
    assertThrows(ProviderException.class, () -> out.protect(batch));
    assertVerdicts(batch, FAILED, FAILED);
    assertEquals(2, out.counters().packets(FAILED));
    byte[] arrived = Packets.ipv4(100, IpProtocol.AH);
    AhFields.write(arrived, 20, 24, IpProtocol.IPV4, 300, 1);
    PacketBatch inbound = Packets.batch(arrived, arrived.clone());
    AhInboundSa in = new AhInboundSa(parameters.mirrored(), UNPLUGGED_ICV, 0);
    assertThrows(ProviderException.class, () -> in.verify(inbound));
    assertVerdicts(inbound, FAILED, FAILED);
    assertEquals(2, in.counters().packets(FAILED));
  }

  /** Also packets of other SAs, and what is decided already keeps its verdict. */
  @Test
  void theBoundaryFailsClosed() {
    boundary.associations().install(gre, unplugged(GRE, 0));
    boundary.associations().install(tcp, Packets.outbound(TCP, 1));
    byte[] ping = Packets.ipv4(60, IpProtocol.ICMP);
    PacketBatch batch =
        Packets.batch(Packets.gre(60), tcpPacket(), ping, Packets.gre(60), tcpPacket());
    assertThrows(ProviderException.class, () -> boundary.outbound(batch));
    assertVerdicts(batch, FAILED, FAILED, EspVerdict.BYPASSED, FAILED, FAILED);
    assertArrayEquals(ping, batch.copy(2));
    assertEquals(4, boundary.counters().packets(FAILED));
    PacketBatch next = Packets.batch(tcpPacket());
    boundary.outbound(next);
    assertVerdicts(next, EspVerdict.SEALED);
  }

  @Test
  void theSasBeforeTheOneThatFailsHaveSealed() {
    boundary.associations().install(gre, unplugged(GRE, 0));
    boundary.associations().install(tcp, Packets.outbound(TCP, 1));
    PacketBatch batch = Packets.batch(tcpPacket(), Packets.gre(60), tcpPacket(), Packets.gre(60));
    assertThrows(ProviderException.class, () -> boundary.outbound(batch));
    assertVerdicts(batch, EspVerdict.SEALED, FAILED, EspVerdict.SEALED, FAILED);
  }

  @Test
  void packetsThatHaveWaitedDoNotLeaveInTheClear() {
    boundary.withHoldQueue(4, 4096, 1000);
    boundary.outbound(Packets.batch(Packets.gre(60), Packets.gre(61)), 0);
    assertEquals(2, boundary.heldPackets());
    boundary.associations().install(gre, unplugged(GRE, 0));
    PacketBatch into = new PacketBatch(4, 200, 128, 64);
    assertThrows(ProviderException.class, () -> boundary.release(into, 1));
    for (int i = 0; i < into.size(); i++) {
      assertFalse(into.passes(i));
    }
    assertVerdicts(into, FAILED, FAILED);
  }

  @Test
  void theBoundaryLetsNothingInThatWasNotOpened() {
    boundary.associations().install(gre, new InboundSa(GRE.mirrored(), new Unplugged(0), 0));
    PacketBatch batch = Packets.batch(Packets.seal(Packets.outbound(GRE, 1), Packets.gre(60)));
    assertThrows(ProviderException.class, () -> boundary.inbound(batch));
    assertVerdicts(batch, FAILED);
  }
}
