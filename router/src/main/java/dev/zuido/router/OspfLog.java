package dev.zuido.router;

import dev.zuido.ospf.DatabaseLevel;
import dev.zuido.ospf.HelperState;
import dev.zuido.ospf.Mismatch;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.router.config.AdjacencyLog;
import dev.zuido.router.config.OspfProcess;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what OSPF says into lines of the log. */
final class OspfLog {
  private static final String FACILITY = "OSPF";

  private final EventLog log;
  private final @Nullable OspfProcess process;

  OspfLog(EventLog log, @Nullable OspfProcess process) {
    this.log = log;
    this.process = process;
  }

  void log(OspfOutput output) {
    if (output instanceof OspfOutput.NeighborChanged changed) {
      neighbor(changed);
    } else if (output instanceof OspfOutput.Mismatched mismatched) {
      mismatch(mismatched);
    } else if (output instanceof OspfOutput.InterfaceChanged changed) {
      log.log(
          7,
          FACILITY,
          "IFCHG",
          log.port(changed.interfaceId())
              + " from "
              + changed.from()
              + " to "
              + changed.to()
              + ", "
              + changed.event());
    } else if (output instanceof OspfOutput.DatabaseLevelChanged changed) {
      database(changed);
    } else if (output instanceof OspfOutput.LastKeyExpired expired) {
      log.log(
          3,
          FACILITY,
          "LASTKEYEXP",
          "the last key of "
              + log.port(expired.interfaceId())
              + ", "
              + expired.keyId()
              + ", has expired and stays in use");
    } else {
      restart(output);
    }
  }

  private void neighbor(OspfOutput.NeighborChanged changed) {
    AdjacencyLog wanted = process == null ? AdjacencyLog.OFF : process.adjacencyLog();
    boolean shown =
        switch (wanted) {
          case OFF -> false;
          case FULL_AND_DOWN -> changed.isAdjacencyChange();
          case DETAIL -> true;
        };
    String message =
        String.format(
            Locale.ROOT,
            "Process %d, Nbr %s on %s from %s to %s, %s",
            process == null ? 0 : process.processId(),
            changed.routerId(),
            log.port(changed.interfaceId()),
            EventLog.iosState(changed.from()),
            EventLog.iosState(changed.to()),
            changed.cause().words());
    log.log(shown ? 5 : 7, FACILITY, "ADJCHG", message);
  }

  private void mismatch(OspfOutput.Mismatched mismatched) {
    log.log(
        4,
        FACILITY,
        mismatched.mismatch() instanceof Mismatch.DuplicateRouterId ? "DUP_RTRID_NBR" : "MISMATCH",
        "no adjacency with "
            + mismatched.routerId()
            + " ("
            + mismatched.source()
            + ") on "
            + log.port(mismatched.interfaceId())
            + ": "
            + mismatched.mismatch().explain());
  }

  private void database(OspfOutput.DatabaseLevelChanged changed) {
    String numbers = changed.lsas() + " of at most " + changed.limit() + " LSAs of other routers";
    boolean full = changed.level() == DatabaseLevel.FULL;
    boolean warning = changed.level() == DatabaseLevel.WARNING;
    log.log(
        full ? 1 : warning ? 4 : 5,
        FACILITY,
        full ? "MAX_LSA" : warning ? "MAX_LSA_THR" : "MAX_LSA_OK",
        full
            ? "the database is full, LSAs are missing: " + numbers
            : warning ? "the database fills: " + numbers : "the database has room: " + numbers);
  }

  // ---- Graceful restart

  private void restart(OspfOutput output) {
    if (output instanceof OspfOutput.HelperChanged changed) {
      boolean helping = changed.state() == HelperState.HELPING;
      String who =
          changed.routerId() + " on " + log.port(changed.interfaceId()) + " restarts gracefully";
      log.log(
          5,
          FACILITY,
          "NSF",
          helping || changed.exit() == null
              ? "Nbr " + who + ", and is helped: " + changed.reason()
              : "Nbr " + who + ", help ended: " + changed.exit().words());
    } else if (output instanceof OspfOutput.HelperRefused refused) {
      log.log(
          4,
          FACILITY,
          "NSF",
          "Nbr "
              + refused.routerId()
              + " on "
              + log.port(refused.interfaceId())
              + " is not helped to restart gracefully: "
              + refused.refusal().words());
    } else if (output instanceof OspfOutput.RestartStarted started) {
      log.log(
          5,
          FACILITY,
          "NSF",
          "graceful restart begins, for at most "
              + started.remainingNanos() / 1_000_000_000L
              + " s");
    } else if (output instanceof OspfOutput.RestartEnded ended) {
      log.log(5, FACILITY, "NSF", "graceful restart ended: " + ended.exit().words());
    }
  }
}
