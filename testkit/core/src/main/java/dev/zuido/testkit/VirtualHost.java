package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv4Reassembler;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.ReassemblyLimits;
import dev.zuido.wire.ReassemblyResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 host with one address: it answers echo requests, fragments and reassembles, learns path
 * MTUs, {@linkplain #ping pings}, and {@linkplain #transfer sends} and {@linkplain #serve receives}
 * over TCP. Made by {@link VirtualNetwork#host}.
 */
public final class VirtualHost implements VirtualNode {
  /** ICMP errors that are kept at most. */
  public static final int MAX_ERRORS = 256;

  /** Destinations whose path MTU is remembered. */
  public static final int MAX_PATHS = 256;

  /** Every link takes so much (RFC 791 section 3.2): no path can be narrower. */
  private static final int MIN_MTU = 68;

  private static final int RECEIVE_SLOTS = 16;

  private final VirtualNetwork network;
  private final String name;
  private final VirtualPort port;
  private final Ipv4Address address;
  private final Ipv4Prefix subnet;
  private final @Nullable Ipv4Address gateway;
  private final SeededRandom random;
  private final PacketBatch received;
  private final PacketBatch reassembled = new PacketBatch(1, Impairments.MAX_PACKET, 0, 0);
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();
  private final Ipv4Reassembler reassembler = new Ipv4Reassembler(ReassemblyLimits.DEFAULT);
  private final Map<Ipv4Address, Integer> pathMtus = new LinkedHashMap<>();
  private final Map<Integer, Consumer<byte[]>> handlers = new TreeMap<>();
  private final List<Ping> pings = new ArrayList<>();
  private final List<IcmpError> errors = new ArrayList<>();
  private final Map<HostCounter, Long> counters = new EnumMap<>(HostCounter.class);
  private final TcpHost tcp;
  private int nextPingIdentifier;
  private int identification;

  VirtualHost(
      VirtualNetwork network,
      String name,
      VirtualPort port,
      Ipv4Address address,
      int prefixLength,
      @Nullable Ipv4Address gateway) {
    this.network = network;
    this.name = name;
    this.port = port;
    this.address = address;
    this.subnet = Ipv4Prefix.containing(address, prefixLength);
    this.gateway = gateway;
    this.random = network.random("host " + name);
    this.received = new PacketBatch(RECEIVE_SLOTS, Math.max(port.mtu(), 1_500), 0, 0);
    this.nextPingIdentifier = random.nextInt(0x10000);
    this.identification = random.nextInt(0x10000);
    this.tcp = new TcpHost(this, random);
    port.addAddress(address);
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The address. */
  public Ipv4Address address() {
    return address;
  }

  /** The port. */
  public VirtualPort port() {
    return port;
  }

  /** Starts a ping, which goes on while the network runs. */
  public Ping ping(PingRequest request) {
    Ping ping = new Ping(request, nextPingIdentifier++ & 0xffff, network.nowNanos());
    pings.add(ping);
    network.wake(this);
    return ping;
  }

  /** Waits for TCP connections on a port and takes in what they bring. */
  public TcpServer serve(int tcpPort) {
    return tcp.serve(tcpPort);
  }

  /**
   * Sends bytes over TCP to a host that {@linkplain #serve serves} a port, which answers with their
   * hash; it goes on while the network runs.
   *
   * @param content at least one byte; copied
   */
  public TcpTransfer transfer(Ipv4Address destination, int tcpPort, byte[] content) {
    TcpTransfer transfer = tcp.connect(destination, tcpPort, content.clone(), network.nowNanos());
    network.wake(this);
    return transfer;
  }

  /**
   * Has the packets of a protocol, ICMP and TCP aside, handed to someone, whole and reassembled.
   */
  public void onProtocol(int protocol, Consumer<byte[]> handler) {
    handlers.put(protocol, handler);
  }

  /**
   * Sends an IPv4 packet, fragmented if the port or the path is too narrow for it.
   *
   * @return false if it is too long and must not be fragmented
   */
  public boolean send(byte[] packet) {
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(packet, 0));
    int nextHop = nextHop(destination);
    int mtu = pathMtu(destination);
    if (packet.length <= mtu) {
      port.send(packet, nextHop);
      return true;
    }
    PacketBatch fragments = new PacketBatch(packet.length / Math.max(8, mtu - 67) + 2, mtu, 0, 0);
    if (fragmenter.fragment(packet, 0, mtu, fragments) != Ipv4Fragmenter.Result.FRAGMENTED) {
      handleError(
          new IcmpError(
              address,
              Ipv4Packets.UNREACHABLE,
              Ipv4Packets.CODE_FRAGMENTATION_NEEDED,
              mtu,
              destination,
              network.nowNanos()),
          packet,
          0);
      return false;
    }
    for (int i = 0; i < fragments.size(); i++) {
      port.send(fragments.copy(i), nextHop);
    }
    return true;
  }

  /** The largest packet that is known to reach a destination: the port's MTU or a learnt one. */
  public int pathMtu(Ipv4Address destination) {
    return Math.min(port.mtu(), pathMtus.getOrDefault(destination, port.mtu()));
  }

  /** The ICMP errors received, the first {@value #MAX_ERRORS}. */
  public List<IcmpError> errors() {
    return List.copyOf(errors);
  }

  /** How often something happened. */
  public long count(HostCounter counter) {
    return counters.getOrDefault(counter, 0L);
  }

  @Override
  public void run(long nowNanos) {
    while (true) {
      received.clear();
      if (port.receive(received) == 0) {
        break;
      }
      for (int i = 0; i < received.size(); i++) {
        handle(received.copy(i), nowNanos);
      }
    }
    reassembler.expire(nowNanos);
    for (Ping ping : List.copyOf(pings)) {
      ping.handleTimeout(this, nowNanos);
    }
    pings.removeIf(Ping::isDone);
    tcp.handleTimeout(nowNanos);
  }

  @Override
  public long nextDeadline() {
    long deadline = Math.min(reassembler.nextDeadline(), tcp.nextDeadline());
    for (Ping ping : pings) {
      deadline = Math.min(deadline, ping.dueNanos());
    }
    return deadline;
  }

  int nextIdentification() {
    identification = identification + 1 & 0xffff;
    return identification;
  }

  void count1(HostCounter counter) {
    counters.merge(counter, 1L, Long::sum);
  }

  private void handle(byte[] packet, long nowNanos) {
    count1(HostCounter.RECEIVED);
    if (!Ipv4Fields.isWellFormed(packet, 0, packet.length)) {
      count1(HostCounter.MALFORMED);
      return;
    }
    Ipv4Address destination = new Ipv4Address(Ipv4Fields.destination(packet, 0));
    if (!destination.equals(address) && !isForMany(destination)) {
      count1(HostCounter.NOT_FOR_ME);
      return;
    }
    reassembled.clear();
    ReassemblyResult result = reassembler.offer(packet, 0, nowNanos, reassembled);
    if (result == ReassemblyResult.NOT_A_FRAGMENT) {
      handleWhole(Arrays.copyOf(packet, Ipv4Fields.totalLength(packet, 0)), nowNanos);
    } else if (result == ReassemblyResult.COMPLETE) {
      handleWhole(reassembled.copy(0), nowNanos);
    }
  }

  private void handleWhole(byte[] packet, long nowNanos) {
    int protocol = Ipv4Fields.protocol(packet, 0);
    Consumer<byte[]> handler = handlers.get(protocol);
    if (protocol == IpProtocol.ICMP) {
      handleIcmp(packet, nowNanos);
    } else if (protocol == IpProtocol.TCP) {
      tcp.handle(packet, nowNanos);
    } else if (handler != null) {
      handler.accept(packet);
    } else {
      count1(HostCounter.UNKNOWN_PROTOCOL);
    }
  }

  private void handleIcmp(byte[] packet, long nowNanos) {
    int at = Ipv4Fields.headerLength(packet, 0);
    int length = packet.length - at;
    if (length < Ipv4Packets.ICMP_HEADER || InternetChecksum.of(packet, at, length) != 0) {
      count1(HostCounter.BAD_MESSAGE);
      return;
    }
    Ipv4Address source = new Ipv4Address(Ipv4Fields.source(packet, 0));
    int identifier = BigEndian.getUnsignedShort(packet, at + 4);
    int sequence = BigEndian.getUnsignedShort(packet, at + 6);
    int data = at + Ipv4Packets.ICMP_HEADER;
    switch (packet[at] & 0xff) {
      case Ipv4Packets.ECHO_REQUEST -> {
        if (Ipv4Fields.destination(packet, 0) == address.value()) {
          count1(HostCounter.ECHOES_ANSWERED);
          byte[] echoed = Arrays.copyOfRange(packet, data, packet.length);
          send(
              Ipv4Packets.echo(
                  Ipv4Packets.ECHO_REPLY,
                  address,
                  source,
                  nextIdentification(),
                  0,
                  identifier,
                  sequence,
                  echoed));
        }
      }
      case Ipv4Packets.ECHO_REPLY -> {
        for (Ping ping : pings) {
          if (ping.identifier() == identifier && ping.request().destination().equals(source)) {
            ping.handleReply(sequence, packet, data, nowNanos);
          }
        }
      }
      case Ipv4Packets.UNREACHABLE, Ipv4Packets.TIME_EXCEEDED, Ipv4Packets.PARAMETER_PROBLEM ->
          handleErrorMessage(packet, at, nowNanos);
      default -> count1(HostCounter.UNKNOWN_PROTOCOL);
    }
  }

  /** An error quotes the header of the packet that it is about, and at least 8 bytes more. */
  private void handleErrorMessage(byte[] packet, int at, long nowNanos) {
    int quoted = at + Ipv4Packets.ICMP_HEADER;
    int left = packet.length - quoted;
    if (left < Ipv4Fields.MIN_HEADER_LENGTH
        || Ipv4Fields.version(packet, quoted) != 4
        || Ipv4Fields.headerLength(packet, quoted) < Ipv4Fields.MIN_HEADER_LENGTH
        || left < Ipv4Fields.headerLength(packet, quoted) + 8
        || Ipv4Fields.source(packet, quoted) != address.value()) {
      count1(HostCounter.BAD_MESSAGE);
      return;
    }
    count1(HostCounter.ICMP_ERRORS);
    int type = packet[at] & 0xff;
    int code = packet[at + 1] & 0xff;
    boolean tooLong =
        type == Ipv4Packets.UNREACHABLE && code == Ipv4Packets.CODE_FRAGMENTATION_NEEDED;
    handleError(
        new IcmpError(
            new Ipv4Address(Ipv4Fields.source(packet, 0)),
            type,
            code,
            tooLong ? BigEndian.getUnsignedShort(packet, at + 6) : 0,
            new Ipv4Address(Ipv4Fields.destination(packet, quoted)),
            nowNanos),
        packet,
        quoted);
  }

  private void handleError(IcmpError error, byte[] bytes, int quoted) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(error);
    }
    boolean narrower =
        error.isFragmentationNeeded()
            && error.nextHopMtu() >= MIN_MTU
            && error.nextHopMtu() < pathMtu(error.destination());
    if (narrower) {
      learnPathMtu(error.destination(), error.nextHopMtu());
      tcp.handlePathMtu(error.destination());
    }
    int protocol = Ipv4Fields.protocol(bytes, quoted);
    int inner = quoted + Ipv4Fields.headerLength(bytes, quoted);
    if (protocol == IpProtocol.ICMP && (bytes[inner] & 0xff) == Ipv4Packets.ECHO_REQUEST) {
      int identifier = BigEndian.getUnsignedShort(bytes, inner + 4);
      for (Ping ping : pings) {
        if (ping.identifier() == identifier) {
          ping.handleError(error);
        }
      }
    }
  }

  private void learnPathMtu(Ipv4Address destination, int mtu) {
    if (pathMtus.size() >= MAX_PATHS && !pathMtus.containsKey(destination)) {
      pathMtus.remove(pathMtus.keySet().iterator().next());
    }
    pathMtus.put(destination, mtu);
  }

  private boolean isForMany(Ipv4Address destination) {
    return destination.isMulticast()
        || destination.equals(Ipv4Address.BROADCAST)
        || destination.equals(subnet.last());
  }

  private int nextHop(Ipv4Address destination) {
    return gateway == null || subnet.contains(destination) || isForMany(destination)
        ? 0
        : gateway.value();
  }
}
