package dev.zuido.pppoe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.pppoe.ppp.PppEnd;
import dev.zuido.wire.ByteString;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client says about a session's end. */
final class PppoeEndTest {
  private final Wire wire = new Wire();

  /** As pppd under pppoe-server does it: PPP is closed in words, and the session at once. */
  @Test
  void whatThePeerSaidWhenItClosedPppIsMoreToThePointThanThePadt() {
    Wire.Station station = wire.up();
    int id = station.client.snapshot(wire.now).sessionId();
    wire.carry(terminateRequest(station, id, "no credit"));
    terminate(station, id);
    assertEquals(List.of(new PppoeEnd.PppEnded(PppEnd.PEER_CLOSED, "no credit")), station.ends());
  }

  @Test
  void aPadtAloneIsTheReason() {
    Wire.Station station = wire.up();
    terminate(station, station.client.snapshot(wire.now).sessionId());
    assertEquals(List.of(new PppoeEnd.Terminated("bye")), station.ends());
  }

  private void terminate(Wire.Station station, int id) {
    wire.carry(
        Wire.frame(
            station.address,
            Wire.CONCENTRATOR,
            new PppoePacket(PppoeCode.PADT, id, List.of(PppoeTag.GenericError.of("bye")))));
    wire.settle();
  }

  private static ByteString terminateRequest(Wire.Station station, int id, String words) {
    int length = 4 + words.length();
    ByteBuffer frame = ByteBuffer.allocate(14 + 6 + 2 + length);
    putAddress(frame, station.address.value());
    putAddress(frame, Wire.CONCENTRATOR.value());
    frame.putShort((short) 0x8864);
    frame.put((byte) 0x11).put((byte) 0).putShort((short) id).putShort((short) (2 + length));
    frame.putShort((short) 0xc021);
    frame.put((byte) 5).put((byte) 99).putShort((short) length).put(words.getBytes(US_ASCII));
    return ByteString.of(frame.array());
  }

  private static void putAddress(ByteBuffer frame, long address) {
    frame.putShort((short) (address >> 32)).putInt((int) address);
  }
}
