package dev.zuido.benchmarks;

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
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** Two engines and a network that delivers at once. */
public final class IkePair {
  private static final String PEER = "peer";
  private static final String CHILD = "gre";

  private final Site initiator;
  private final Site responder;

  /** Makes two sites of the reference scenario that know nothing of each other yet. */
  IkePair(DhGroup group, SecureRandom random) {
    initiator = new Site(Packets.SITE_A, Packets.SITE_B, group, random);
    responder = new Site(Packets.SITE_B, Packets.SITE_A, group, random);
  }

  /** Negotiates, and checks that each side has installed a pair of SAs. */
  void establish() {
    initiator.command(new IkeCommand.Initiate(PEER, CHILD));
    boolean moved = true;
    while (moved) {
      moved = initiator.deliverTo(responder) || responder.deliverTo(initiator);
    }
    if (initiator.installed != 2 || responder.installed != 2) {
      throw new IllegalStateException(
          "installed " + initiator.installed + " and " + responder.installed + " SAs, not 2 and 2");
    }
  }

  /** An engine with a driver that computes and installs at once. */
  private static final class Site {
    private final Endpoint local;
    private final Endpoint remote;
    private final IkeEngine engine;
    private final ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
    private final Deque<ByteBuf> sent = new ArrayDeque<>();
    private int installed;

    Site(Ipv4Address here, Ipv4Address there, DhGroup group, SecureRandom random) {
      local = Endpoint.isakmp(here);
      remote = Endpoint.isakmp(there);
      ChildConfig child =
          ChildConfig.of(
              CHILD,
              TrafficSelector.host(here, IpProtocol.GRE),
              TrafficSelector.host(there, IpProtocol.GRE),
              EncapsulationMode.TRANSPORT,
              List.of(new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_SHA1_96)));
      PeerConfig peer =
          PeerConfig.siteToSite(
              PEER,
              here,
              there,
              Secret.owning("a shared key".getBytes(StandardCharsets.UTF_8)),
              List.of(IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, group)),
              DpdConfig.OFF,
              List.of(child));
      engine =
          new IkeEngine(
              IkeConfig.of(List.of(peer)),
              random,
              new SplittableRandom(1),
              new CountingSpis(),
              TrafficClock.SILENT);
    }

    void command(IkeCommand command) {
      engine.handle(command, 0);
      drain();
    }

    /** Hands over what was sent; false if there was nothing. */
    boolean deliverTo(Site peer) {
      boolean any = false;
      for (ByteBuf datagram; (datagram = sent.poll()) != null; any = true) {
        peer.engine.handle(datagram, peer.local, peer.remote, 0);
        peer.drain();
      }
      return any;
    }

    /** The canonical loop: results and answers go back once the stream has ended. */
    private void drain() {
      Deque<Runnable> answers = new ArrayDeque<>();
      do {
        for (IkeOutput output; (output = engine.poll(buffer.clear())) != null; ) {
          if (output instanceof IkeOutput.Transmit) {
            sent.add(buffer.copy());
          } else if (output instanceof IkeOutput.Compute compute) {
            answers.add(() -> engine.handle(compute.task().run(), 0));
          } else if (output instanceof IkeOutput.InstallSa install) {
            installed++;
            answers.add(() -> engine.handle(new IkeCommand.SaInstalled(install.sa().id()), 0));
          }
        }
        Runnable answer = answers.poll();
        if (answer == null) {
          return;
        }
        answer.run();
      } while (true);
    }
  }

  /** SPIs 256, 257, 258, … */
  private static final class CountingSpis implements SpiAllocator {
    private int last = 255;

    @Override
    public int allocate() {
      return ++last;
    }

    @Override
    public void release(int spi) {
      // Numbers are never used again.
    }
  }
}
