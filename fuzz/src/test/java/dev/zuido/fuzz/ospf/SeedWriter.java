package dev.zuido.fuzz.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.opaque.ExtendedLinkLsa;
import dev.zuido.ospf.lsa.opaque.ExtendedPrefixLsa;
import dev.zuido.ospf.lsa.opaque.GraceLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.lsa.opaque.RouterInformationLsa;
import dev.zuido.ospf.lsa.opaque.TeLinkSubTlv;
import dev.zuido.ospf.lsa.opaque.TrafficEngineeringLsa;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.testkit.ospf.simulation.Datagram;
import dev.zuido.testkit.ospf.simulation.NetworkPlan;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.testkit.ospf.simulation.SimulationObserver;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the seeds of the corpus: the packets and LSAs of a network of our own engines. {@code
 * fuzz/run seeds} runs it; what fuzzing has found stands beside them under other names.
 */
final class SeedWriter implements SimulationObserver {
  private static final int MOST_PER_TYPE = 2;
  private static final Ipv4Address ADDRESS = Ipv4Address.of(10, 0, 0, 1);

  private final Path resources;
  private final String name;
  private final int[] packets = new int[6];
  private final Set<Integer> lsaTypes = new HashSet<>();

  private SeedWriter(Path resources, String name) {
    this.resources = resources;
    this.name = name;
  }

  public static void main(String[] arguments) {
    Path resources = Path.of(arguments[0]);
    FuzzedNetwork plain = new FuzzedNetwork(FuzzedNetwork.PLAIN);
    plain.network().simulation().observe(new SeedWriter(resources, "plain"));
    plain.converge();
    FuzzedNetwork keyed = new FuzzedNetwork(FuzzedNetwork.KEYED);
    keyed.network().simulation().observe(new SeedWriter(resources, "keyed"));
    keyed.converge();
    SeedWriter opaque = new SeedWriter(resources, "opaque");
    opaque.opaque(
        "te-link",
        new TrafficEngineeringLsa(
            List.of(
                new TrafficEngineeringLsa.Link(
                    List.of(
                        new TeLinkSubTlv.LinkType(1),
                        new TeLinkSubTlv.LinkId(ADDRESS),
                        new TeLinkSubTlv.LocalAddresses(List.of(ADDRESS)),
                        new TeLinkSubTlv.Metric(10),
                        new TeLinkSubTlv.MaximumBandwidth(TeLinkSubTlv.Bandwidth.of(125_000)))))));
    opaque.opaque("grace", new GraceLsa(120, GraceLsa.SOFTWARE_RESTART, ADDRESS));
    opaque.opaque(
        "router-information",
        new RouterInformationLsa(
            List.of(new RouterInformationLsa.InformationalCapabilities(List.of(0x6000_0000)))));
    opaque.opaque(
        "extended-prefix",
        new ExtendedPrefixLsa(
            List.of(new ExtendedPrefixLsa.ExtendedPrefix(1, 32, 0x40, ADDRESS, List.of()))));
    opaque.opaque(
        "extended-link",
        new ExtendedLinkLsa(
            List.of(new ExtendedLinkLsa.ExtendedLink(1, ADDRESS, ADDRESS, List.of()))));
  }

  private void opaque(String file, OpaqueBody body) {
    byte[] information = body.information().toArray();
    byte[] typed = new byte[information.length + 1];
    typed[0] = (byte) body.opaqueType();
    System.arraycopy(information, 0, typed, 1, information.length);
    write("OspfDecoderFuzzTest", "opaqueBodies", file, typed);
    Lsa lsa =
        Lsa.originate(
            new Options(Options.E),
            OpaqueLsa.linkStateId(body.opaqueType(), 1),
            NetworkPlan.routerId(0),
            LsaHeader.INITIAL_SEQUENCE,
            new OpaqueLsa(LsaType.OPAQUE_AREA, body.information()));
    ByteBuf out = Unpooled.buffer();
    lsa.encode(out);
    byte[] encoded = ByteString.read(out, out.readableBytes()).toArray();
    write("OspfDecoderFuzzTest", "lsas", name + "-" + file, encoded);
    byte[] update = new byte[encoded.length + 4];
    update[3] = 1;
    System.arraycopy(encoded, 0, update, 4, encoded.length);
    for (String method : new String[] {"full", "exchange"}) {
      write(
          "OspfEngineFuzzTest",
          method,
          name + "-" + file,
          attack(Datagrams.LINK_STATE_UPDATE << 4, update));
    }
  }

  @Override
  public void received(SimulatedRouter to, Datagram datagram, long now) {
    byte[] bytes = datagram.packet().toArray();
    int type = bytes[1];
    if (packets[type]++ >= MOST_PER_TYPE) {
      return;
    }
    String file = name + "-" + type + "-" + packets[type];
    write("OspfDecoderFuzzTest", "packets", file, bytes);
    byte[] body = Arrays.copyOfRange(bytes, OspfHeader.LENGTH, bytes.length);
    byte[] typed = new byte[body.length + 1];
    typed[0] = (byte) type;
    System.arraycopy(body, 0, typed, 1, body.length);
    write("OspfDecoderFuzzTest", "bodies", file, typed);
    writeLsas(file, bytes);
    for (String method : new String[] {"full", "exchange", "withoutTheKey"}) {
      write("OspfEngineFuzzTest", method, file + "-raw", attack(2, bytes));
      write("OspfEngineFuzzTest", method, file + "-link", attack(type << 4, body));
      write("OspfEngineFuzzTest", method, file + "-lan", attack(type << 4 | 1, body));
    }
  }

  private void writeLsas(String file, byte[] bytes) {
    try {
      OspfPacket packet = OspfPacket.decode(Unpooled.wrappedBuffer(bytes));
      if (packet instanceof LinkStateUpdatePacket update) {
        for (Lsa lsa : update.lsas()) {
          if (lsaTypes.add(lsa.header().type())) {
            ByteBuf out = Unpooled.buffer();
            lsa.encode(out);
            byte[] encoded = ByteString.read(out, out.readableBytes()).toArray();
            write("OspfDecoderFuzzTest", "lsas", file, encoded);
          }
        }
      }
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] attack(int how, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.write(how);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private void write(String test, String method, String file, byte[] bytes) {
    Path folder = resources.resolve("dev/zuido/fuzz/ospf").resolve(test + "Inputs").resolve(method);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(file), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
