package dev.zuido.router;

import dev.zuido.gre.GreTunnel;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import org.jspecify.annotations.Nullable;

/** An interface of a router at work. */
final class RouterInterface {
  /** Packets that are gathered before an interface sends them. */
  static final int EGRESS_PACKETS = 64;

  /** The length of most packets, in bytes. */
  static final int USUAL_BYTES = 1_536;

  /** The longest packet that a tunnel or an SA can set free. */
  private static final int MAX_PACKET = 0xffff;

  private final int number;
  private final InterfaceConfig config;
  private final int mtu;
  private final @Nullable BatchPort port;
  private final @Nullable BatchPort hostPort;
  private @Nullable EthernetLine ethernet;
  private final @Nullable AccessFilter filterIn;
  private final @Nullable AccessFilter filterOut;
  private final @Nullable PacketBatch egress;
  private final @Nullable PacketBatch toHost;
  private final InterfaceCounters counters = new InterfaceCounters();
  private @Nullable Ipv4Address address;
  private @Nullable GreTunnel tunnel;
  private @Nullable CryptoPolicy crypto;
  private boolean lineUp;

  RouterInterface(
      int number,
      InterfaceConfig config,
      @Nullable Ipv4Address address,
      @Nullable BatchPort port,
      @Nullable BatchPort hostPort,
      @Nullable GreTunnel tunnel,
      @Nullable AccessFilter filterIn,
      @Nullable AccessFilter filterOut,
      @Nullable CryptoPolicy crypto) {
    this.number = number;
    this.config = config;
    this.address = address;
    int configured = config.effectiveIpMtu();
    this.mtu = port == null ? configured : Math.min(configured, port.mtu());
    this.port = port;
    this.hostPort = hostPort;
    this.tunnel = tunnel;
    this.filterIn = filterIn;
    this.filterOut = filterOut;
    this.crypto = crypto;
    this.egress =
        port == null && tunnel == null
            ? null
            : PacketBatch.compact(EGRESS_PACKETS, Math.min(mtu, USUAL_BYTES), mtu);
    this.toHost =
        hostPort == null ? null : PacketBatch.compact(EGRESS_PACKETS, USUAL_BYTES, MAX_PACKET);
  }

  /** The router's number of the interface: its place in the table, and OSPF's interface id. */
  int number() {
    return number;
  }

  InterfaceConfig config() {
    return config;
  }

  String name() {
    return config.name().toString();
  }

  boolean isLoopback() {
    return config.name().kind() == InterfaceKind.LOOPBACK;
  }

  /** Its address, or that of the interface whose address it borrows. */
  @Nullable Ipv4Address address() {
    return address;
  }

  /** Gives it a negotiated address, or takes it away. */
  void setAddress(@Nullable Ipv4Address value) {
    address = value;
  }

  /**
   * The largest IPv4 packet that leaves through it now, in bytes: of a Dialer interface what its
   * session carries, if that is less than what is configured.
   */
  int mtu() {
    return port instanceof DialerLine dialed ? Math.min(mtu, dialed.mtu()) : mtu;
  }

  /** The largest that it can ever be, in bytes. */
  int largestMtu() {
    return mtu;
  }

  /** Says which Ethernet the interface has that carries sessions and no IP packets. */
  void setEthernet(@Nullable EthernetLine given) {
    ethernet = given;
  }

  /** The Ethernet that carries sessions; null of an interface without one. */
  @Nullable EthernetLine ethernet() {
    return ethernet;
  }

  /** The line of a Dialer interface that dials; null of all others. */
  @Nullable DialerLine dialer() {
    return port instanceof DialerLine dialed ? dialed : null;
  }

  @Nullable BatchPort port() {
    return port;
  }

  /** Where the packets are that the host's own stack sends and receives by this interface. */
  @Nullable BatchPort hostPort() {
    return hostPort;
  }

  @Nullable GreTunnel tunnel() {
    return tunnel;
  }

  /** Puts a tunnel with another address in the place of the one before. */
  void setTunnel(@Nullable GreTunnel value) {
    tunnel = value;
  }

  @Nullable AccessFilter filterIn() {
    return filterIn;
  }

  @Nullable AccessFilter filterOut() {
    return filterOut;
  }

  @Nullable CryptoPolicy crypto() {
    return crypto;
  }

  /** Puts a crypto map with another address at work in the place of the one before. */
  void setCrypto(@Nullable CryptoPolicy value) {
    crypto = value;
  }

  /** Where packets wait until they leave together; null where none can leave. */
  @Nullable PacketBatch egress() {
    return egress;
  }

  /** Where packets to the host's own stack wait until they are handed over together. */
  @Nullable PacketBatch toHost() {
    return toHost;
  }

  InterfaceCounters counters() {
    return counters;
  }

  boolean isLineUp() {
    return lineUp;
  }

  void setLineUp(boolean up) {
    lineUp = up;
  }

  @Override
  public String toString() {
    return name();
  }
}
