package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** An engine with a driver that installs, computes and remembers; the network is the caller's. */
final class Site {
  static final Ipv4Address A = Ipv4Address.of(100, 1, 1, 1);
  static final Ipv4Address B = Ipv4Address.of(200, 1, 1, 1);
  static final IkeProposal CISCO =
      IkeProposal.preShared(IkeCipher.TRIPLE_DES_CBC, IkeHash.MD5, DhGroup.MODP_1024);
  static final EspProposal TRIPLE_DES_MD5 =
      new EspProposal(EspEncryption.TRIPLE_DES_CBC, 0, EspIntegrity.HMAC_MD5_96);

  final String name;
  final IkeEngine engine;

  /** What was sent and not yet taken by the network. */
  final List<Datagram> sent = new ArrayList<>();

  /** Every output, in order. */
  final List<IkeOutput> outputs = new ArrayList<>();

  /** What is installed, by id, with a copy of the keys in hexadecimal. */
  final Map<Long, Installed> installed = new LinkedHashMap<>();

  final Map<Long, Long> lastPacket = new LinkedHashMap<>();
  final Set<Integer> spis = new HashSet<>();
  boolean refuseInstalls;
  Predicate<SaParameters> refuses = sa -> false;
  boolean holdComputing;

  /** Tasks that are held besides. */
  Predicate<ComputeTask> hold = task -> false;

  final List<ComputeTask> held = new ArrayList<>();
  private final ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);

  record Datagram(Endpoint from, Endpoint to, ByteString bytes) {}

  record Installed(SaParameters sa, String keys) {}

  /** Makes a site's engine. */
  interface Maker {
    IkeEngine engine(
        IkeConfig config,
        SecureRandom secrets,
        RandomGenerator jitter,
        SpiAllocator spis,
        TrafficClock traffic);
  }

  Site(String name, IkeConfig config, long seed) {
    this(name, config, seed, IkeEngine::new);
  }

  Site(String name, IkeConfig config, long seed, Maker maker) {
    this.name = name;
    SplittableRandom spiSource = new SplittableRandom(seed + 17);
    SpiAllocator allocator =
        new SpiAllocator() {
          @Override
          public int allocate() {
            while (true) {
              int spi = spiSource.nextInt();
              if (Integer.compareUnsigned(spi, 256) >= 0 && spis.add(spi)) {
                return spi;
              }
            }
          }

          @Override
          public void release(int spi) {
            if (!spis.remove(spi)) {
              throw new AssertionError("SPI released twice");
            }
          }
        };
    engine =
        maker.engine(
            config,
            new TestRandom(seed),
            new SplittableRandom(seed + 1),
            allocator,
            id -> lastPacket.getOrDefault(id, TrafficClock.NEVER));
  }

  /** The reference scenario's peer, as seen from A (or from B). */
  static PeerConfig peer(boolean atA) {
    Ipv4Address local = atA ? A : B;
    Ipv4Address remote = atA ? B : A;
    return PeerConfig.siteToSite(
        "peer",
        local,
        remote,
        secret("cisco"),
        List.of(CISCO),
        DpdConfig.onDemand(30),
        List.of(
            ChildConfig.of(
                "gre",
                TrafficSelector.host(local, IpProtocol.GRE),
                TrafficSelector.host(remote, IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(TRIPLE_DES_MD5))));
  }

  static Secret secret(String text) {
    return Secret.owning(text.getBytes(StandardCharsets.UTF_8));
  }

  static IkeConfig config(boolean atA) {
    return IkeConfig.of(List.of(peer(atA)));
  }

  static IkeConfig config(boolean atA, UnaryOperator<PeerConfig> change) {
    return IkeConfig.of(List.of(change.apply(peer(atA))));
  }

  void initiate(long now) {
    command(new IkeCommand.Initiate("peer", "gre"), now);
  }

  void command(IkeCommand command, long now) {
    engine.handle(command, now);
    drain(now);
  }

  void timeout(long now) {
    engine.handleTimeout(now);
    drain(now);
  }

  /** Runs the tasks that are held; of those that come up by that, those that are held wait. */
  void compute(long now) {
    List<ComputeTask> tasks = List.copyOf(held);
    held.clear();
    for (ComputeTask task : tasks) {
      engine.handle(task.run(), now);
      drain(now);
    }
  }

  void receive(Datagram datagram, long now) {
    engine.handle(
        Unpooled.wrappedBuffer(datagram.bytes().toArray()), datagram.to(), datagram.from(), now);
    drain(now);
  }

  private void drain(long now) {
    List<IkeCommand> answers = new ArrayList<>();
    List<ComputeTask> tasks = new ArrayList<>();
    do {
      answers.clear();
      tasks.clear();
      while (true) {
        IkeOutput output = engine.poll(buffer.clear());
        if (output == null) {
          break;
        }
        outputs.add(output);
        take(output, answers, tasks);
      }
      for (ComputeTask task : tasks) {
        engine.handle(task.run(), now);
      }
      for (IkeCommand answer : answers) {
        engine.handle(answer, now);
      }
    } while (!answers.isEmpty() || !tasks.isEmpty());
  }

  private void take(IkeOutput output, List<IkeCommand> answers, List<ComputeTask> tasks) {
    if (output instanceof IkeOutput.Transmit to) {
      sent.add(new Datagram(to.local(), to.remote(), ByteString.read(buffer, to.length())));
    } else if (output instanceof IkeOutput.InstallSa install) {
      SaParameters sa = install.sa();
      if (refuseInstalls || refuses.test(sa)) {
        answers.add(new IkeCommand.SaRefused(sa.id(), "test"));
        return;
      }
      String keys =
          ByteString.of(sa.keys().encryption()) + "/" + ByteString.of(sa.keys().integrity());
      installed.put(sa.id(), new Installed(sa, keys));
      answers.add(new IkeCommand.SaInstalled(sa.id()));
    } else if (output instanceof IkeOutput.MoveSa move) {
      installed.computeIfPresent(
          move.saId(),
          (id, old) ->
              new Installed(
                  old.sa.movedTo(
                      new Endpoint(move.source(), move.udpEncapsulation().sourcePort()),
                      new Endpoint(move.destination(), move.udpEncapsulation().destinationPort())),
                  old.keys));
    } else if (output instanceof IkeOutput.RemoveSa remove) {
      installed.remove(remove.saId());
    } else if (output instanceof IkeOutput.Compute compute) {
      (holdComputing || hold.test(compute.task()) ? held : tasks).add(compute.task());
    }
  }

  <T extends IkeOutput> List<T> outputs(Class<T> kind) {
    return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The messages of the wire trace that were sent. */
  List<String> trace() {
    List<String> lines = new ArrayList<>();
    for (IkeOutput output : outputs) {
      if (output instanceof IkeOutput.MessageSent sentMessage) {
        lines.add("> " + sentMessage.message());
      } else if (output instanceof IkeOutput.MessageReceived received) {
        lines.add("< " + received.message());
      }
    }
    return lines;
  }

  String lastFailure() {
    List<IkeOutput.ExchangeFailed> failures = outputs(IkeOutput.ExchangeFailed.class);
    return failures.isEmpty() ? "" : failures.get(failures.size() - 1).reason();
  }

  /** What is installed in a direction, oldest first. */
  List<SaParameters> sas(SaParameters.Direction direction) {
    return installed.values().stream()
        .map(Installed::sa)
        .filter(sa -> sa.direction() == direction)
        .toList();
  }

  /** SPI and keys of what is installed in a direction. */
  Set<String> keys(SaParameters.Direction direction) {
    Set<String> keys = new HashSet<>();
    for (Installed each : installed.values()) {
      if (each.sa().direction() == direction) {
        keys.add(TraceText.spi(each.sa().spi()) + " " + each.keys());
      }
    }
    return keys;
  }

  List<IkeSnapshot.IsakmpSaView> phaseOnes() {
    return engine.snapshot().isakmpSas();
  }

  List<IkeSnapshot.ChildSaView> pairs() {
    return engine.snapshot().childSas();
  }
}
