package dev.zuido.examples;

import dev.zuido.router.RouterEvent;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** Prints what happens, one line per event, with the virtual time and the site. */
final class Narrator implements BiConsumer<Site, RouterEvent> {
  private static final int DEBUGGING = 7;
  private static final int INDENT = 25;

  private final PrintWriter out;
  private final boolean detail;
  private LongSupplier clock = () -> 0;

  Narrator(PrintWriter out, boolean detail) {
    this.out = out;
    this.detail = detail;
  }

  void setClock(LongSupplier nanos) {
    clock = nanos;
  }

  @Override
  public void accept(Site site, RouterEvent event) {
    if (isShown(event)) {
      out.printf(
          Locale.ROOT, "%12.6f  %-8s %s%n", clock.getAsLong() / 1e9, site.name(), event.text());
      if (detail) {
        event.detail().forEach(line -> out.println(" ".repeat(INDENT) + line));
      }
    }
  }

  private boolean isShown(RouterEvent event) {
    if (detail) {
      return true;
    }
    if (event instanceof RouterEvent.PppPacket packet) {
      return !packet.isEcho();
    }
    if (event instanceof RouterEvent.IkeMessage message) {
      // Each message once: where it is sent.
      return message.sent();
    }
    boolean adjacency =
        event instanceof RouterEvent.Log log
            && log.facility().equals("OSPF")
            && log.mnemonic().equals("ADJCHG");
    return adjacency || !(event instanceof RouterEvent.Log log) || log.severity() < DEBUGGING;
  }
}
