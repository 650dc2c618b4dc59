package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.PacketBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames with an Ethernet header, which nothing here takes for IP packets. */
class EthernetTest {
  /** The first nibble is 4, as in an IPv4 packet. */
  private static final ByteString FRAME =
      ByteString.ofHex("440000000002" + "440000000001" + "8863" + "1109000000040101" + "0000");

  private final VirtualNetwork network = new VirtualNetwork(1);

  private static List<ByteString> received(VirtualPort port) {
    PacketBatch batch = new PacketBatch(16, 1514, 0, 0);
    port.receive(batch);
    List<ByteString> frames = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      frames.add(ByteString.of(batch.copy(i)));
    }
    return frames;
  }

  @Test
  void whatAStationSendsReachesAllOthers() {
    Segment hub = network.ethernet("hub", 1514);
    List<VirtualPort> ports = List.of(hub.attach("a"), hub.attach("b"), hub.attach("c"));
    ports.get(0).send(FRAME.toArray());
    network.runFor(1);
    assertEquals(List.of(), received(ports.get(0)));
    assertEquals(List.of(FRAME), received(ports.get(1)));
    assertEquals(List.of(FRAME), received(ports.get(2)));
  }

  @Test
  void aFrameThatIsTooLongIsDropped() {
    Segment hub = network.ethernet("hub", FRAME.length() - 1);
    VirtualPort a = hub.attach("a");
    VirtualPort b = hub.attach("b");
    a.send(FRAME.toArray());
    network.runFor(1);
    assertEquals(List.of(), received(b));
    assertEquals(1, hub.from(a).count(Fate.OVERSIZE));
  }

  @Test
  void aCaptureSaysWhichInterfacesAreEthernets() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(file)) {
      Link line = network.link("line", 1514);
      line.addTap(writer.ethernet("line").asTap("line"));
      line.a().send(FRAME.toArray());
      writer.write("wan", 1, ByteString.ofHex("45"), "");
      assertThrows(IllegalArgumentException.class, () -> writer.ethernet("wan"));
    }
    List<CapturedPacket> read = PcapReader.read(file.toByteArray());
    assertEquals(
        List.of(CapturedPacket.ETHERNET, CapturedPacket.RAW),
        read.stream().map(CapturedPacket::linkType).toList());
    assertEquals(FRAME, read.get(0).frame());
  }
}
