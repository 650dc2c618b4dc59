package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TcpHeader;
import dev.zuido.wire.TransportChecksum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The TCP connections of a host. */
final class TcpHost {
  /** Connections at most; one that is over makes room for a new one. */
  static final int MAX_CONNECTIONS = 256;

  private static final int FIRST_PORT = 49_152;

  private record Key(int localPort, Ipv4Address peer, int peerPort) {}

  private final VirtualHost host;
  private final SeededRandom random;
  private final Map<Key, TcpConnection> connections = new LinkedHashMap<>();
  private final Map<Integer, TcpServer> servers = new TreeMap<>();
  private int nextPort;

  TcpHost(VirtualHost host, SeededRandom random) {
    this.host = host;
    this.random = random;
    this.nextPort = random.nextInt(0x10000 - FIRST_PORT);
  }

  TcpServer serve(int port) {
    TcpServer server = new TcpServer(port);
    if (servers.putIfAbsent(port, server) != null) {
      throw new IllegalArgumentException("port " + port + " is served already");
    }
    return server;
  }

  TcpTransfer connect(Ipv4Address destination, int port, byte[] content, long nowNanos) {
    if (content.length == 0) {
      throw new IllegalArgumentException("there is nothing to send");
    }
    if (!makeRoom()) {
      throw new IllegalStateException("the host has " + MAX_CONNECTIONS + " connections already");
    }
    Key key = nextKey(destination, port);
    while (connections.containsKey(key)) {
      key = nextKey(destination, port);
    }
    TcpConnection connection =
        TcpConnection.active(host, key.localPort, destination, port, random.nextInt());
    connections.put(key, connection);
    return connection.transfer(content, nowNanos);
  }

  void handle(byte[] packet, long nowNanos) {
    int at = Ipv4Fields.headerLength(packet, 0);
    int length = packet.length - at;
    int source = Ipv4Fields.source(packet, 0);
    if (!TcpFields.isWellFormed(packet, at, length)
        || Ipv4Fields.destination(packet, 0) != host.address().value()
        || TransportChecksum.ofIpv4(
                source, host.address().value(), IpProtocol.TCP, packet, at, length)
            != 0) {
      host.count1(HostCounter.BAD_MESSAGE);
      return;
    }
    Key key =
        new Key(
            TcpFields.destinationPort(packet, at),
            new Ipv4Address(source),
            TcpFields.sourcePort(packet, at));
    TcpConnection connection = connections.get(key);
    if (connection != null) {
      connection.handle(packet, at, nowNanos);
      return;
    }
    TcpServer server = servers.get(key.localPort);
    int flags = TcpFields.flags(packet, at);
    if (server != null
        && (flags & (TcpHeader.SYN | TcpHeader.ACK | TcpHeader.RST)) == TcpHeader.SYN) {
      accept(server, key, packet, at, nowNanos);
    } else {
      host.count1(HostCounter.NO_CONNECTION);
      reset(key, packet, at, flags);
    }
  }

  void handlePathMtu(Ipv4Address destination) {
    connections.forEach(
        (key, connection) -> {
          if (key.peer.equals(destination)) {
            connection.sendAgain();
          }
        });
  }

  void handleTimeout(long nowNanos) {
    for (TcpConnection connection : List.copyOf(connections.values())) {
      connection.handleTimeout(nowNanos);
    }
  }

  long nextDeadline() {
    long deadline = VirtualNode.NO_DEADLINE;
    for (TcpConnection connection : connections.values()) {
      deadline = Math.min(deadline, connection.nextDeadline());
    }
    return deadline;
  }

  private void accept(TcpServer server, Key key, byte[] packet, int at, long nowNanos) {
    if (!makeRoom()) {
      host.count1(HostCounter.TOO_MANY_CONNECTIONS);
      return;
    }
    TcpConnection connection =
        TcpConnection.passive(
            host, server, key.localPort, key.peer, key.peerPort, random.nextInt());
    connections.put(key, connection);
    connection.handle(packet, at, nowNanos);
  }

  private Key nextKey(Ipv4Address destination, int port) {
    nextPort = (nextPort + 1) % (0x10000 - FIRST_PORT);
    return new Key(FIRST_PORT + nextPort, destination, port);
  }

  /** A connection that is over is kept as long as possible, to answer what comes late. */
  private boolean makeRoom() {
    if (connections.size() < MAX_CONNECTIONS) {
      return true;
    }
    for (Map.Entry<Key, TcpConnection> entry : connections.entrySet()) {
      if (entry.getValue().isOver()) {
        connections.remove(entry.getKey());
        return true;
      }
    }
    return false;
  }

  /** RFC 9293 section 3.10.7.1: what arrives for no connection is answered with a reset. */
  private void reset(Key key, byte[] packet, int at, int flags) {
    if ((flags & TcpHeader.RST) != 0) {
      return;
    }
    boolean acknowledges = (flags & TcpHeader.ACK) != 0;
    int length = packet.length - at - TcpFields.headerLength(packet, at);
    int occupied =
        length + ((flags & TcpHeader.SYN) != 0 ? 1 : 0) + ((flags & TcpHeader.FIN) != 0 ? 1 : 0);
    TcpSegment segment =
        new TcpSegment(
            key.localPort,
            key.peerPort,
            acknowledges ? BigEndian.getInt(packet, at + 8) : 0,
            acknowledges ? 0 : BigEndian.getInt(packet, at + 4) + occupied,
            acknowledges ? TcpHeader.RST : TcpHeader.RST | TcpHeader.ACK,
            0,
            0);
    host.send(segment.toPacket(host, key.peer, new byte[0], 0, 0));
  }
}
