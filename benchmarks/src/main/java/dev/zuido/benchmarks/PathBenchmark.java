package dev.zuido.benchmarks;

import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.RouterPorts;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.config.ios.ReaderOptions;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.PacketBatch;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A packet's whole way through a router beside a host, without the system calls: from a TUN device
 * by GRE and the crypto map to the WAN, and back. Ports copy packets in, and count those that
 * leave.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PathBenchmark {
  private static final int PACKETS = 64;
  private static final int LENGTH = 1400;

  private static final Map<String, String> KEYS =
      Map.of(
          "none", "",
          "esp-null esp-sha-hmac", "authenticator " + "2b".repeat(20),
          "esp-aes esp-sha-hmac", "cipher " + "1a".repeat(16) + " authenticator " + "2b".repeat(20),
          "esp-gcm", "cipher " + "1a".repeat(20),
          "esp-3des esp-md5-hmac",
              "cipher 0123456789abcdeffedcba98765432100011223344556677 authenticator "
                  + "2b".repeat(16));

  /** The transforms of the crypto map, or {@code none} for GRE in the clear. */
  @Param({"none", "esp-null esp-sha-hmac", "esp-gcm", "esp-aes esp-sha-hmac"})
  String transforms;

  private Router near;
  private Router far;
  private final Port nearDevice = new Port();
  private final Port nearWan = new Port();
  private final Port farDevice = new Port();
  private final Port farWan = new Port();

  /** The other end is the benchmark. */
  private static final class Port implements BatchPort {
    byte[][] waiting = new byte[PACKETS][];
    int left;
    int sent;
    boolean keep;

    @Override
    public int receive(PacketBatch into) {
      int before = into.size();
      while (left > 0 && !into.isFull()) {
        byte[] packet = waiting[PACKETS - left];
        into.add(packet, 0, packet.length);
        left--;
      }
      return into.size() - before;
    }

    @Override
    public int send(PacketBatch from) {
      for (int i = 0; i < from.size(); i++) {
        if (from.passes(i)) {
          if (keep && sent < PACKETS) {
            waiting[sent] = from.copy(i);
          }
          sent++;
        }
      }
      return sent;
    }

    @Override
    public int mtu() {
      return 1500;
    }

    @Override
    public int maxReceiveBytes() {
      return 0xffff;
    }
  }

  private Router router(boolean first, Port device, Port wan) {
    String own = first ? "100.1.1.1" : "200.1.1.1";
    String peer = first ? "200.1.1.1" : "100.1.1.1";
    boolean clear = transforms.equals("none");
    String key = KEYS.get(transforms);
    String crypto =
        clear
            ? ""
            : String.join(
                "\n",
                "crypto ipsec transform-set T " + transforms,
                "mode transport",
                "crypto map M 1 ipsec-manual",
                "set peer " + peer,
                "set session-key inbound esp " + (first ? 4097 : 4098) + " " + key,
                "set session-key outbound esp " + (first ? 4098 : 4097) + " " + key,
                "set transform-set T",
                "match address C",
                "ip access-list extended C",
                "permit gre host " + own + " host " + peer,
                "");
    String text =
        crypto
            + String.join(
                "\n",
                "interface GigabitEthernet0/0",
                "ip address " + own + " 255.255.255.0",
                clear ? "" : "crypto map M",
                "interface GigabitEthernet0/1",
                "ip address " + (first ? "10.1.1.254" : "10.1.2.254") + " 255.255.255.0",
                "ip tcp adjust-mss 1360",
                "interface Tunnel1",
                "ip address 192.168.1." + (first ? 1 : 2) + " 255.255.255.0",
                "ip mtu 1400",
                "tunnel source GigabitEthernet0/0",
                "tunnel destination " + peer,
                "ip route 0.0.0.0 0.0.0.0 " + own.substring(0, own.length() - 1) + "254",
                "ip route " + (first ? "10.1.2.0" : "10.1.1.0") + " 255.255.255.0 Tunnel1",
                "");
    ConfigReport report = IosReader.read(text, new ReaderOptions(true));
    return Router.create(
        Objects.requireNonNull(report.config(), report::render),
        RouterPorts.besideHost(
            Map.of(IosInterfaceName.parse("GigabitEthernet0/0"), wan),
            Map.of(IosInterfaceName.parse("Tunnel1"), device)),
        new RouterEnvironment(new SecureRandom(), new SplittableRandom(1), event -> {}, null));
  }

  /** Makes both routers and lets the first seal what the second opens. */
  @Setup
  public void prepare() {
    near = router(true, nearDevice, nearWan);
    far = router(false, farDevice, farWan);
    byte[] packet = Packets.ipv4(LENGTH);
    for (int i = 0; i < PACKETS; i++) {
      nearDevice.waiting[i] = packet;
    }
    near.process(1);
    far.process(1);
    nearWan.keep = true;
    out();
    nearWan.keep = false;
    for (int i = 0; i < PACKETS; i++) {
      farWan.waiting[i] = nearWan.waiting[i];
    }
    in();
  }

  private static void require(int packets) {
    if (packets != PACKETS) {
      throw new IllegalStateException(packets + " packets left");
    }
  }

  /** From the TUN device to the WAN. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int out() {
    nearWan.sent = 0;
    nearDevice.left = PACKETS;
    near.process(2);
    require(nearWan.sent);
    return nearWan.sent;
  }

  /** From the WAN to the TUN device. The association has static keys, and takes packets again. */
  @Benchmark
  @OperationsPerInvocation(PACKETS)
  public int in() {
    farDevice.sent = 0;
    farWan.left = PACKETS;
    far.process(2);
    require(farDevice.sent);
    return farDevice.sent;
  }
}
