package dev.zuido.examples.minimal.ike;

import dev.zuido.ike.ChildConfig;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.EncapsulationMode;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EspEncryption;
import dev.zuido.ike.EspIntegrity;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import dev.zuido.ike.TrafficSelector;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Two gateways agree on a pair of IPsec SAs: main mode, then quick mode, all in memory. */
public final class TwoGateways {
  private static final long NOW = 0; // no time passes here, so no timer is ever due
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ByteBuf out = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);

  /** What each output asks for: to be done once its engine has been drained. */
  private final Queue<Runnable> todo = new ArrayDeque<>();

  private TwoGateways() {}

  /** Prints the messages as they are sent, and the SAs that come out. */
  public static void main(String[] args) {
    new TwoGateways().run();
  }

  private void run() {
    IkeEngine west = gateway("192.0.2.1", "10.1.0.0/16", "198.51.100.1", "10.2.0.0/16");
    IkeEngine east = gateway("198.51.100.1", "10.2.0.0/16", "192.0.2.1", "10.1.0.0/16");
    todo.add(() -> west.handle(new IkeCommand.Initiate("peer", "lan"), NOW));
    while (!todo.isEmpty()) {
      todo.remove().run();
      drain("west", west, east);
      drain("east", east, west);
    }
    if (west.snapshot().childSas().isEmpty() || east.snapshot().childSas().isEmpty()) {
      throw new IllegalStateException("no SAs were agreed on");
    }
  }

  private static IkeEngine gateway(String here, String lan, String there, String remoteLan) {
    ChildConfig child =
        ChildConfig.of(
            "lan",
            TrafficSelector.subnet(Ipv4Prefix.parse(lan)),
            TrafficSelector.subnet(Ipv4Prefix.parse(remoteLan)),
            EncapsulationMode.TUNNEL,
            List.of(new EspProposal(EspEncryption.AES_CBC, 256, EspIntegrity.HMAC_SHA2_256_128)));
    PeerConfig peer =
        PeerConfig.siteToSite(
            "peer",
            Ipv4Address.parse(here),
            Ipv4Address.parse(there),
            Secret.copyOf("a long random key".getBytes(StandardCharsets.US_ASCII)),
            List.of(
                IkeProposal.preShared(
                    IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519)),
            DpdConfig.OFF,
            List.of(child));
    return new IkeEngine(
        IkeConfig.of(List.of(peer)), RANDOM, RANDOM, new RandomSpis(), TrafficClock.SILENT);
  }

  /** Takes everything that an engine has to say. */
  private void drain(String name, IkeEngine engine, IkeEngine other) {
    for (IkeOutput output; (output = engine.poll(out.clear())) != null; ) {
      if (output instanceof IkeOutput.Transmit to) { // the network: straight to the other engine
        ByteBuf datagram = out.copy();
        Endpoint from = to.local();
        Endpoint destination = to.remote();
        todo.add(() -> other.handle(datagram, destination, from, NOW));
      } else if (output instanceof IkeOutput.Compute compute) { // may run on any thread
        todo.add(() -> engine.handle(compute.task().run(), NOW));
      } else if (output instanceof IkeOutput.InstallSa install) { // here ESP would take the keys
        var sa = install.sa();
        System.out.printf(
            "%s: install %s %s, SPI %08x%n", name, sa.direction(), sa.suite(), sa.spi());
        todo.add(() -> engine.handle(new IkeCommand.SaInstalled(sa.id()), NOW));
      } else if (output instanceof IkeOutput.MessageSent sent) {
        System.out.println(name + ": " + sent.message());
      }
    }
  }

  /** The SPIs of a host that has no other SAs. */
  private static final class RandomSpis implements SpiAllocator {
    @Override
    public int allocate() {
      return RANDOM.nextInt(0x100, Integer.MAX_VALUE);
    }

    @Override
    public void release(int spi) {}
  }
}
