package dev.zuido.benchmarks;

import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an LSA takes of the heap: in a database alone, and in an engine with all that it keeps for
 * it and the routes that come from it.
 *
 * <p>Arguments: the number of routers of the grid, 10 000 without it.
 */
public final class OspfMemory {
  /** Bytes of an update without LSAs. */
  private static final int OVERHEAD = 28;

  private OspfMemory() {}

  /** Prints a table. */
  public static void main(String[] arguments) throws MalformedPacketException {
    int routers = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    measure(Math.min(routers, 1_000)); // Loads the classes.
    System.out.println("| routers | bytes on the wire | heap in the database | heap in all |");
    System.out.println("|--:|--:|--:|--:|");
    System.out.println(measure(routers));
  }

  private static String measure(int routers) throws MalformedPacketException {
    List<ByteBuf> updates = updates(routers);
    long before = heap();
    LinkStateDatabase database = new LinkStateDatabase(routers);
    LsaStore store = database.addArea(OspfAreaConfig.BACKBONE);
    for (ByteBuf each : updates) {
      for (Lsa lsa : decode(each).lsas()) {
        store.install(lsa, 0);
      }
    }
    final long alone = heap() - before;
    before = heap();
    OspfSite site = new OspfSite();
    for (ByteBuf each : updates) {
      site.take(List.of(decode(each)));
    }
    site.runFor(2_000_000_000L);
    long whole = heap() - before;
    if (database.size() != routers || site.routes().routes().size() != routers + 1) {
      throw new IllegalStateException("not all is there");
    }
    return String.format(
        Locale.ROOT,
        "| %d | %d | %d | %d |",
        routers,
        updates.stream().mapToLong(each -> each.readableBytes() - OVERHEAD).sum() / routers,
        alone / routers,
        whole / routers);
  }

  /** Encoded, so that nothing of the LSAs is there before they are decoded. */
  private static List<ByteBuf> updates(int routers) {
    List<ByteBuf> encoded = new ArrayList<>();
    for (LinkStateUpdatePacket update :
        OspfGridPeer.updates(new OspfGrid(routers, OspfSite.ROUTER_ID).lsas())) {
      ByteBuf bytes = Unpooled.buffer(update.encodedLength());
      update.encode(bytes);
      encoded.add(bytes);
    }
    return encoded;
  }

  private static LinkStateUpdatePacket decode(ByteBuf bytes) throws MalformedPacketException {
    if (OspfPacket.decode(bytes.duplicate()) instanceof LinkStateUpdatePacket update) {
      return update;
    }
    throw new IllegalStateException("not an update");
  }

  private static long heap() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
