package dev.zuido.testkit.pppoe;

import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualNode;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** A modem: a PPPoE client between an Ethernet and a link with IP packets. */
final class ClientNode implements VirtualNode {
  final PppoeClient client;
  final List<PppoeOutput> events = new ArrayList<>();
  private final VirtualPort line;
  private final VirtualPort inside;
  private final ByteBuf out = Unpooled.buffer(PppoeClient.FRAME_CAPACITY);

  ClientNode(
      VirtualNetwork network,
      String name,
      PppoeClientConfig config,
      VirtualPort line,
      VirtualPort inside) {
    this.client = new PppoeClient(config, network.secureRandom(name), network.random(name));
    this.line = line;
    this.inside = inside;
    network.attach(this, line, inside);
  }

  @Override
  public void run(long nowNanos) {
    if (client.nextDeadline() <= nowNanos) {
      client.handleTimeout(nowNanos);
    }
    drain();
    PacketBatch frames = new PacketBatch(16, Math.max(line.mtu(), 1514), 128, 64);
    while (line.receive(frames) > 0) {
      client.decapsulate(frames, nowNanos);
      drain();
      inside.send(frames);
      frames.clear();
    }
    while (inside.receive(frames) > 0) {
      client.encapsulate(frames);
      line.send(frames);
      frames.clear();
    }
  }

  private void drain() {
    out.clear();
    for (PppoeOutput o = client.poll(out); o != null; o = client.poll(out)) {
      if (o instanceof PppoeOutput.Transmit transmit) {
        line.send(ByteString.read(out, transmit.length()).toArray());
      } else {
        events.add(o);
      }
      out.clear();
    }
  }

  @Override
  public long nextDeadline() {
    return client.nextDeadline();
  }
}
