package dev.zuido.pppoe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppEnd;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.testkit.Ipv4Packets;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A client and a concentrator (RFC 2516 section 6, 7 and 9, RFC 4638). */
final class PppoeSessionTest {
  private static final Ipv4Address FAR = Ipv4Address.of(198, 51, 100, 1);

  private final Wire wire = new Wire();

  private static byte[] datagram(Ipv4Address from, Ipv4Address to, int length) {
    return Ipv4Packets.udp(from, 1, to, 2, new byte[length - 28]);
  }

  private static PacketBatch batch(byte[] packet) {
    PacketBatch batch = PacketBatch.ofOne(2000);
    batch.add(packet, 0, packet.length);
    return batch;
  }

  private static PppoeVerdict encapsulate(Wire.Station station, PacketBatch batch) {
    station.client.encapsulate(batch);
    return (PppoeVerdict) batch.verdict(0);
  }

  @Test
  void theyComeUp() {
    Wire.Station station = wire.up();
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertTrue(
        wire.ppp(station).contains(new PppOutput.Ipv4Up(Wire.CALLER, Wire.GATEWAY, List.of())));
    assertEquals(1492, station.client.mtu());
    PppoeSnapshot snapshot = station.client.snapshot(wire.now);
    assertEquals("ac-1", snapshot.concentratorName());
    assertEquals(Wire.CONCENTRATOR, snapshot.concentrator());
    assertEquals(Wire.SECOND, snapshot.sessionSinceNanos());
    assertEquals(1, snapshot.sessions());
    assertEquals(-1, snapshot.nextAttemptNanos());
    assertNull(snapshot.lastEnd());
    assertEquals(
        List.of(
            PppoeState.DISCOVERING, PppoeState.REQUESTING, PppoeState.NEGOTIATING, PppoeState.UP),
        station.all(PppoeOutput.StateChanged.class).stream()
            .map(PppoeOutput.StateChanged::state)
            .toList());
  }

  @Test
  void diallingTwiceIsDiallingOnce() {
    Wire.Station station = wire.up();
    int frames = wire.sent.size();
    station.client.dial(wire.now);
    wire.settle();
    assertEquals(frames, wire.sent.size());
  }

  @Test
  void aDatagramInBytes() {
    Wire.Station station = wire.up();
    byte[] packet = datagram(Wire.CALLER, FAR, 100);
    PacketBatch batch = batch(packet);
    assertEquals(PppoeVerdict.ENCAPSULATED, encapsulate(station, batch));
    int id = station.client.snapshot(wire.now).sessionId();
    assertEquals(
        "0200000000ac0200000000018864"
            + String.format("1100%04x", id)
            + "0066"
            + "0021"
            + ByteString.of(packet),
        ByteString.of(batch.copy(0)).toString());
    PacketBatch padded = PacketBatch.ofOne(2000);
    padded.add(ByteString.ofHex(ByteString.of(batch.copy(0)) + "0000").toArray(), 0, 124);
    wire.concentrator.decapsulate(padded, wire.now);
    assertEquals(PppoeVerdict.DECAPSULATED, padded.verdict(0));
    assertArrayEquals(packet, padded.copy(0));
  }

  @Test
  void aDatagramForTheCallerGoesIntoItsSession() {
    Wire.Station station = wire.up();
    byte[] packet = datagram(FAR, Wire.CALLER, 1492);
    packet[1] = 1;
    PacketBatch batch = batch(packet);
    wire.concentrator.encapsulate(batch);
    assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
    PacketBatch frame = batch(batch.copy(0));
    frame.setEcn(0, 3);
    station.client.decapsulate(frame, wire.now);
    assertEquals(PppoeVerdict.DECAPSULATED, frame.verdict(0));
    assertArrayEquals(packet, frame.copy(0));
    assertEquals(1, frame.ecn(0));
    assertEquals(1, station.client.counters().get(PppoeVerdict.DECAPSULATED));
  }

  @Test
  void whatCannotBeSentSaysWhy() {
    Wire.Station station = wire.station();
    byte[] packet = datagram(Wire.CALLER, FAR, 1492);
    assertEquals(PppoeVerdict.NOT_CONNECTED, encapsulate(station, batch(packet)));
    station.client.dial(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(PppoeVerdict.ENCAPSULATED, encapsulate(station, batch(packet)));
    assertEquals(
        PppoeVerdict.TOO_LONG, encapsulate(station, batch(datagram(Wire.CALLER, FAR, 1493))));
    byte[] six = new byte[40];
    six[0] = 0x60;
    assertEquals(PppoeVerdict.NOT_CONNECTED, encapsulate(station, batch(six)));
    assertEquals(PppoeVerdict.BAD_PAYLOAD, encapsulate(station, batch(new byte[20])));
    assertEquals(PppoeVerdict.BAD_PAYLOAD, encapsulate(station, batch(new byte[0])));
    PacketBatch tight = new PacketBatch(1, 1500, 21, 0);
    tight.add(packet, 0, packet.length);
    assertEquals(PppoeVerdict.NO_HEADROOM, encapsulate(station, tight));
    PacketBatch partial = batch(packet);
    partial.setChecksumState(0, ChecksumState.PARTIAL);
    assertEquals(PppoeVerdict.NOT_SEGMENTED, encapsulate(station, partial));
    PacketBatch huge = batch(packet);
    huge.setGsoSize(0, 500);
    assertEquals(PppoeVerdict.NOT_SEGMENTED, encapsulate(station, huge));
    assertEquals(2, station.client.counters().get(PppoeVerdict.NOT_SEGMENTED));
    PacketBatch refused = batch(packet);
    refused.setVerdict(0, PppoeVerdict.NOT_OPEN);
    assertEquals(PppoeVerdict.NOT_OPEN, encapsulate(station, refused));
    assertArrayEquals(packet, refused.copy(0));
  }

  @Test
  void largerPayloadsAreAgreedOn() {
    Wire large = new Wire(Wire.concentratorConfig(1508, 10, 2));
    Wire.Station station =
        large.station(
            PppoeClientConfig.of(Wire.STATION, Wire.caller().withMru(1500)).withLinkMtu(1508));
    station.client.dial(large.now);
    large.run(Wire.SECOND);
    assertEquals(1500, station.client.mtu());
    assertEquals(1500, large.concentrator.mtuTo(Wire.CALLER));
    assertEquals(
        PppoeVerdict.ENCAPSULATED, encapsulate(station, batch(datagram(Wire.CALLER, FAR, 1500))));
    PppoeTag tag = new PppoeTag.PppMaxPayload(1500);
    for (int code : new int[] {PppoeCode.PADI, PppoeCode.PADO, PppoeCode.PADR, PppoeCode.PADS}) {
      assertTrue(large.packets(code).get(0).tags().contains(tag), PppoeCode.nameOf(code));
    }
  }

  @Test
  void aConcentratorOnAnOrdinaryEthernetKeepsTo1492() {
    Wire.Station station =
        wire.station(
            PppoeClientConfig.of(Wire.STATION, Wire.caller().withMru(1500)).withLinkMtu(1508));
    station.client.dial(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(0, wire.packets(PppoeCode.PADO).get(0).count(PppoeTag.PppMaxPayload.class));
    assertEquals(1492, station.client.mtu());
    assertEquals(1492, wire.concentrator.mtuTo(Wire.CALLER));
  }

  @Test
  void aNarrowLineHasANarrowSession() {
    Wire.Station station = wire.station(Wire.clientConfig().withLinkMtu(1462));
    station.client.dial(wire.now);
    wire.run(Wire.SECOND);
    assertEquals(1454, station.client.mtu());
    assertEquals(1454, wire.concentrator.mtuTo(Wire.CALLER), "the MRU that the client tells");
  }

  @Test
  void hangingUpSaysGoodbye() {
    Wire.Station station = wire.up();
    int frames = wire.sent.size();
    station.client.hangUp(wire.now);
    wire.settle();
    assertEquals(List.of(new PppoeEnd.HungUp()), station.ends());
    assertEquals(-1, station.all(PppoeOutput.Ended.class).get(0).retryNanos());
    assertEquals(PppoeState.IDLE, station.state(wire.now));
    ByteString terminateRequest = wire.sent.get(frames);
    assertEquals("c02105", terminateRequest.slice(20, 3).toString());
    assertTrue(wire.sent.stream().anyMatch(f -> Wire.is(f, PppoeCode.PADT)));
    assertEquals(0, wire.concentrator.sessions());
    assertEquals(PppoeClient.NO_DEADLINE, station.client.nextDeadline());
    assertFalse(station.client.isIpv4Up());
  }

  @Test
  void hangingUpOnASilentLineEnds() {
    Wire.Station station = wire.up();
    wire.passes = frame -> false;
    station.client.hangUp(wire.now);
    wire.settle();
    assertEquals(PppoeState.CLOSING, station.state(wire.now));
    wire.run(20 * Wire.SECOND);
    assertEquals(PppoeState.IDLE, station.state(wire.now));
    assertEquals(List.of(new PppoeEnd.HungUp()), station.ends());
  }

  @Test
  void hangingUpEndsEachState() {
    for (int code : new int[] {PppoeCode.PADI, PppoeCode.PADR}) {
      Wire.Station station = wire.station();
      wire.passes = frame -> !Wire.is(frame, code);
      station.client.dial(wire.now);
      wire.settle();
      station.client.hangUp(wire.now);
      wire.settle();
      assertEquals(PppoeState.IDLE, station.state(wire.now));
      assertEquals(List.of(new PppoeEnd.HungUp()), station.ends());
      wire.stations.clear();
    }
    Wire.Station idle = wire.station();
    idle.client.hangUp(wire.now);
    wire.settle();
    assertEquals(List.of(), idle.events);
  }

  @Test
  void whoDialsWhileHangingUpIsDialledAgain() {
    Wire.Station station = wire.up();
    wire.passes = frame -> false;
    station.client.hangUp(wire.now);
    station.client.dial(wire.now);
    wire.run(20 * Wire.SECOND);
    wire.passes = frame -> true;
    wire.run(200 * Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  @Test
  void aLineThatGoesDownEndsTheSessionWithoutAWord() {
    Wire.Station station = wire.up();
    int frames = wire.sent.size();
    station.client.lineChanged(false, wire.now);
    wire.run(1000 * Wire.SECOND);
    long own = wire.sent.stream().skip(frames).filter(f -> f.slice(6, 6).equals(mac())).count();
    assertEquals(0, own);
    assertEquals(List.of(new PppoeEnd.LineDown()), station.ends());
    assertEquals(-1, station.all(PppoeOutput.Ended.class).get(0).retryNanos());
    assertEquals(PppoeState.WAITING, station.state(wire.now));
    assertEquals(-1, station.client.snapshot(wire.now).nextAttemptNanos());
    station.client.lineChanged(true, wire.now);
    wire.run(Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  @Test
  void theSessionOfALineThatWentDownIsEndedWhenItIsBack() {
    Wire.Station station = wire.up();
    int id = station.client.snapshot(wire.now).sessionId();
    station.client.lineChanged(false, wire.now);
    station.client.lineChanged(true, wire.now);
    wire.run(Wire.SECOND);
    List<PppoePacket> ended = wire.packets(PppoeCode.PADT);
    assertEquals(1, ended.size());
    assertEquals(id, ended.get(0).sessionId());
    assertEquals(1, wire.concentrator.sessions());
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  private static ByteString mac() {
    return ByteString.ofHex("020000000001");
  }

  @Test
  void aLineThatIsDownIsWaitedFor() {
    Wire.Station station = wire.station();
    station.client.lineChanged(false, wire.now);
    station.client.dial(wire.now);
    wire.run(100 * Wire.SECOND);
    assertEquals(List.of(), wire.sent);
    assertEquals(PppoeState.WAITING, station.state(wire.now));
    station.client.lineChanged(true, wire.now);
    station.client.lineChanged(true, wire.now);
    wire.run(Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertEquals(1, station.client.snapshot(wire.now).attempts());
  }

  @Test
  void aTerminatedSessionIsDialledAgain() {
    Wire.Station station = wire.up();
    int id = station.client.snapshot(wire.now).sessionId();
    wire.run(60 * Wire.SECOND);
    assertTrue(wire.concentrator.terminate(id, wire.now));
    wire.settle();
    PppoeOutput.Ended ended = station.all(PppoeOutput.Ended.class).get(0);
    PppoeEnd.PppEnded end = assertInstanceOf(PppoeEnd.PppEnded.class, ended.end());
    assertEquals(PppEnd.PEER_CLOSED, end.reason());
    assertTrue(ended.retryNanos() <= Wire.SECOND && ended.retryNanos() >= Wire.SECOND * 3 / 4);
    wire.run(2 * Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertNotEquals(id, station.client.snapshot(wire.now).sessionId());
    assertFalse(wire.concentrator.terminate(id, wire.now));
  }

  @Test
  void aConcentratorThatHasForgottenUsIsFoundOutByEchoes() {
    Wire.Station station = wire.up();
    wire.run(60 * Wire.SECOND);
    wire.concentrator.forgetAll();
    wire.run(10 * Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertTrue(wire.concentrator.counters().get(PppoeVerdict.UNKNOWN_SESSION) > 0);
    wire.run(70 * Wire.SECOND);
    PppoeEnd.PppEnded end = assertInstanceOf(PppoeEnd.PppEnded.class, station.ends().get(0));
    assertEquals(PppEnd.PEER_DEAD, end.reason());
    assertEquals(PppoeState.UP, station.state(wire.now));
    assertEquals(2, station.client.snapshot(wire.now).sessions());
    assertEquals(1, wire.concentrator.sessions());
  }

  @Test
  void aWrongPasswordIsTriedAtLongDistances() {
    PppConfig wrong =
        PppConfig.caller(
            new Credential(Wire.NAME, ByteString.ofHex("00")),
            new PppConfig.IpcpConfig(Ipv4Address.UNSPECIFIED, true, null, false, List.of()));
    Wire.Station station = wire.station(PppoeClientConfig.of(Wire.STATION, wrong));
    station.client.dial(wire.now);
    wire.run(300 * Wire.SECOND);
    List<PppoeOutput.Ended> ends = station.all(PppoeOutput.Ended.class);
    assertTrue(ends.size() >= 4 && ends.size() <= 9, ends.toString());
    for (PppoeOutput.Ended ended : ends) {
      PppoeEnd.PppEnded end = assertInstanceOf(PppoeEnd.PppEnded.class, ended.end());
      assertEquals(PppEnd.PROOF_REFUSED, end.reason());
      assertTrue(ended.retryNanos() >= 15 * Wire.SECOND * 3 / 4, ended.toString());
    }
    assertTrue(ends.get(3).retryNanos() >= 45 * Wire.SECOND);
    assertFalse(station.events.toString().contains("secret"));
    long next = station.client.snapshot(wire.now).nextAttemptNanos();
    station.client.lineChanged(false, wire.now);
    station.client.lineChanged(true, wire.now);
    assertEquals(
        next, station.client.snapshot(wire.now).nextAttemptNanos(), "not even when the line flaps");
  }

  @Test
  void attemptsThatFailComeAtDoublingDistances() {
    Predicate<ByteString> noRequests = frame -> !Wire.is(frame, PppoeCode.PADR);
    wire.passes = noRequests;
    Wire.Station station = wire.station();
    station.client.dial(wire.now);
    wire.run(1000 * Wire.SECOND);
    List<Long> waits =
        station.all(PppoeOutput.Ended.class).stream().map(PppoeOutput.Ended::retryNanos).toList();
    for (int i = 0; i < waits.size(); i++) {
      long longest = Math.min(60, 1L << Math.min(i, 10)) * Wire.SECOND;
      assertTrue(waits.get(i) <= longest && waits.get(i) >= longest / 4 * 3, i + ": " + waits);
    }
    assertTrue(waits.size() > 8);
    wire.passes = frame -> true;
    wire.run(61 * Wire.SECOND);
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  @Test
  void framesOfAnotherSessionOrStationAreDropped() {
    Wire.Station station = wire.up();
    byte[] frame = datagramFrame(station);
    byte[] otherSession = frame.clone();
    otherSession[17] ^= 1;
    byte[] otherStation = frame.clone();
    otherStation[11] ^= 1;
    byte[] otherDestination = frame.clone();
    otherDestination[5] ^= 1;
    byte[] otherType = frame.clone();
    otherType[13] = 0;
    assertEquals(PppoeVerdict.DECAPSULATED, decapsulate(station, frame));
    assertEquals(PppoeVerdict.UNKNOWN_SESSION, decapsulate(station, otherSession));
    assertEquals(PppoeVerdict.UNKNOWN_SESSION, decapsulate(station, otherStation));
    assertEquals(PppoeVerdict.NOT_FOR_US, decapsulate(station, otherDestination));
    assertEquals(PppoeVerdict.NOT_FOR_US, decapsulate(station, otherType));
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  private byte[] datagramFrame(Wire.Station station) {
    PacketBatch batch = batch(datagram(FAR, Wire.CALLER, 60));
    wire.concentrator.encapsulate(batch);
    assertEquals(PppoeVerdict.ENCAPSULATED, batch.verdict(0));
    assertEquals(1, wire.concentrator.sessions());
    assertEquals(station.address, Wire.STATION);
    return batch.copy(0);
  }

  private PppoeVerdict decapsulate(Wire.Station station, byte[] frame) {
    PacketBatch batch = batch(frame);
    station.client.decapsulate(batch, wire.now);
    return (PppoeVerdict) batch.verdict(0);
  }

  @Test
  void malformedFramesAreDropped() {
    Wire.Station station = wire.up();
    byte[] frame = datagramFrame(station);
    int[][] changes = {
      {14, 0x21}, {14, 0x12}, {15, 1}, {18, 0xff}, {18, 0, 19, 1}, {18, 0, 19, 21}, {22, 0x65},
    };
    for (int[] change : changes) {
      byte[] altered = frame.clone();
      for (int i = 0; i < change.length; i += 2) {
        altered[change[i]] = (byte) change[i + 1];
      }
      assertEquals(PppoeVerdict.MALFORMED, decapsulate(station, altered));
    }
    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertEquals(PppoeVerdict.MALFORMED, decapsulate(station, cut));
    }
    assertEquals(PppoeState.UP, station.state(wire.now));
  }

  @Test
  void datagramsAreNotTakenBeforeTheirProtocolIsOpen() {
    Wire.Station station = wire.up();
    byte[] frame = datagramFrame(station);
    byte[] six = frame.clone();
    six[21] = 0x57;
    assertEquals(PppoeVerdict.NOT_OPEN, decapsulate(station, six));
    wire.passes = f -> Wire.isDiscovery(f);
    Wire.Station young = wire.station(Wire.clientConfig());
    wire.stations.remove(station);
    young.client.dial(wire.now);
    wire.settle();
    byte[] early = frame.clone();
    int id = young.client.snapshot(wire.now).sessionId();
    early[16] = (byte) (id >> 8);
    early[17] = (byte) id;
    assertEquals(PppoeState.NEGOTIATING, young.state(wire.now));
    assertEquals(PppoeVerdict.NOT_OPEN, decapsulate(young, early));
  }

  @Test
  void aProtocolThatNobodyKnowsIsRejected() {
    Wire.Station station = wire.up();
    byte[] frame = datagramFrame(station);
    frame[20] = (byte) 0x80;
    frame[21] = (byte) 0xfd;
    int sent = wire.sent.size();
    assertEquals(PppoeVerdict.CONTROL, decapsulate(station, frame));
    wire.settle();
    assertEquals("c02108", wire.sent.get(sent).slice(20, 3).toString(), "Protocol-Reject");
  }
}
