package dev.zuido.ospf;

import dev.zuido.ospf.StateTable.Row;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.opaque.GraceLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The graceful restart of this router (RFC 3623 sections 2 and 5). */
final class GracefulRestart {
  /** How often the grace-LSAs of an unplanned restart are sent before a Hello. */
  private static final int REPETITIONS = 3;

  private final Core core;
  private final PreRestartAdjacencies adjacencies;
  private final LsaKey key;
  private final Timer expiry = new Timer(now -> event(RestartEvent.GRACE_PERIOD_EXPIRED));
  private final Timer patience = new Timer(now -> event(RestartEvent.PATIENCE_OVER));
  private RestartState state = RestartState.NONE;
  private RestartReason reason = RestartReason.UNKNOWN;
  private RestartExit lastExit = RestartExit.NONE;
  private @Nullable RestartRecord record;

  GracefulRestart(Core core) {
    this.core = core;
    this.adjacencies = new PreRestartAdjacencies(core);
    this.key =
        new LsaKey(LsaType.OPAQUE_LINK, OpaqueLsa.linkStateId(OpaqueLsa.GRACE, 0), core.routerId);
  }

  boolean isRestarting() {
    return state == RestartState.RESTARTING;
  }

  /**
   * Whether an own LSA is neither originated nor flushed now: "the restarting router does not
   * originate LSAs with LS types 1-5,7" (section 2).
   */
  boolean suspends(int lsType) {
    return isRestarting() && HelperMode.isTopology(lsType);
  }

  /** A command of the operator's (section 2.1). */
  void prepare(RestartReason why) {
    if (!core.config.gracefulRestart().support()) {
      throw new IllegalStateException("the process is configured without graceful restart");
    }
    if (!core.config.opaqueCapable()) {
      throw new IllegalStateException("grace-LSAs are opaque LSAs, which are switched off");
    }
    if (state == RestartState.NONE) {
      reason = why;
    }
    event(RestartEvent.PREPARE);
  }

  void cancel() {
    event(RestartEvent.CANCEL);
  }

  /** The engine is the one after the restart. */
  void started(RestartRecord remembered, long elapsedNanos) {
    record = remembered;
    reason = remembered.reason();
    long period = remembered.gracePeriodSeconds() * Core.SECOND;
    core.heap.schedule(expiry, core.now + Math.max(0, period - elapsedNanos));
    adjacencies.expect(remembered);
    event(RestartEvent.STARTED);
  }

  /** Something ends the graceful restart before its time. */
  void abandon() {
    if (isRestarting()) {
      event(RestartEvent.GRACE_PERIOD_EXPIRED);
    }
  }

  private void event(RestartEvent event) {
    Row<RestartState, RestartEvent, RestartAction> row =
        RestartStateMachine.table().find(state, event);
    if (row == null) {
      return;
    }
    core.transitions.took(RestartStateMachine.table(), state, event);
    state = row.next().orElse(state);
    switch (row.action()) {
      case ORIGINATE_GRACE_LSAS -> originateGraceLsas();
      case TELL_PREPARED -> tellPrepared(event == RestartEvent.ALL_ACKNOWLEDGED);
      case FLUSH_GRACE_LSAS -> {
        core.heap.cancel(expiry);
        core.heap.cancel(patience);
        lastExit = event == RestartEvent.CANCEL ? RestartExit.CANCELLED : RestartExit.EXPIRED;
        graceLsasMayDiffer();
        core.outbox.event(new OspfOutput.RestartEnded(lastExit));
      }
      case HOLD ->
          core.outbox.event(new OspfOutput.RestartStarted(Math.max(0, expiry.deadline - core.now)));
      case EXIT -> exit(exitOf(event));
    }
  }

  private static RestartExit exitOf(RestartEvent event) {
    return switch (event) {
      case ADJACENCIES_BACK -> RestartExit.COMPLETED;
      case INCONSISTENT_LSA -> RestartExit.INCONSISTENT;
      case GRACE_PERIOD_EXPIRED -> RestartExit.EXPIRED;
      case CANCEL -> RestartExit.CANCELLED;
      case PREPARE, ALL_ACKNOWLEDGED, PATIENCE_OVER, STARTED -> RestartExit.NONE;
    };
  }

  private void originateGraceLsas() {
    int seconds = 1;
    for (OspfInterface each : core.interfaces.values()) {
      seconds = Math.max(seconds, each.config().timers().retransmitSeconds());
    }
    core.heap.schedule(patience, core.now + 4L * seconds * Core.SECOND);
    long period = core.config.gracefulRestart().gracePeriodSeconds() * Core.SECOND;
    core.heap.schedule(expiry, core.now + period);
    graceLsasMayDiffer();
  }

  private void graceLsasMayDiffer() {
    for (OspfInterface each : core.interfaces.values()) {
      graceLsaMayDiffer(each);
    }
  }

  private void graceLsaMayDiffer(OspfInterface on) {
    core.origination.mayDiffer(on.linkLocal, key, () -> wanted(on));
  }

  /** What the grace-LSA of an interface says; null if there is to be none. */
  private @Nullable LsaBody wanted(OspfInterface on) {
    boolean unplanned = record != null && !record.planned();
    boolean announced =
        state == RestartState.PREPARING
            || state == RestartState.PREPARED
            || (isRestarting() && unplanned);
    if (!announced || !on.isRunning()) {
      return null;
    }
    int period =
        record == null
            ? core.config.gracefulRestart().gracePeriodSeconds()
            : record.gracePeriodSeconds();
    Ipv4Address address = on.isUnnumbered() ? null : on.config().address();
    return new OpaqueLsa(
        LsaType.OPAQUE_LINK, new GraceLsa(period, reason.code(), address).information());
  }

  private void tellPrepared(boolean acknowledged) {
    core.heap.cancel(patience);
    List<RestartRecord.GraceLsa> sent = new ArrayList<>();
    List<Ipv4Address> areas = new ArrayList<>();
    for (OspfInterface each : core.interfaces.values()) {
      HeldLsa held = each.linkLocal.find(key);
      if (held != null && !held.isMaxAge()) {
        sent.add(new RestartRecord.GraceLsa(each.id(), held.lsa().header().sequence()));
      }
      for (Neighbor neighbor : each.neighbors()) {
        if (neighbor.state() == NeighborState.FULL && !areas.contains(each.area().id())) {
          areas.add(each.area().id());
        }
      }
    }
    RestartRecord remembered =
        new RestartRecord(
            true, reason, core.config.gracefulRestart().gracePeriodSeconds(), areas, sent);
    core.outbox.event(new OspfOutput.RestartPrepared(remembered, acknowledged));
  }

  /** An interface is up: an unplanned restart is told before the first Hello (section 5). */
  void interfaceUp(OspfInterface on) {
    if (isRestarting() && record != null && !record.planned()) {
      graceLsaMayDiffer(on);
      core.origination.run(); // On some networks Hellos are sent within the same event.
    }
  }

  /**
   * "The grace-LSAs must be originated and be sent before the restarted router sends any OSPF Hello
   * Packets", "flooded to the AllSPFRouters multicast address", and "an implementation may send
   * them multiple times" (section 5): they go where the first Hellos go.
   */
  void beforeHello(OspfInterface on, Ipv4Address destination) {
    if (isRestarting()
        && record != null
        && !record.planned()
        && on.helloIntervals() < REPETITIONS) {
      HeldLsa held = on.linkLocal.find(key);
      if (held != null && !held.isMaxAge()) {
        core.flooding.send(on, destination, List.of(held));
      }
    }
  }

  /** Goes on as far as the last event lets it; whether something was done. */
  boolean progress() {
    if (state == RestartState.PREPARING && allAcknowledged()) {
      event(RestartEvent.ALL_ACKNOWLEDGED);
      return true;
    }
    if (isRestarting()) {
      PreRestartAdjacencies.Judgment judgment = adjacencies.judge();
      if (judgment == PreRestartAdjacencies.Judgment.BACK) {
        event(RestartEvent.ADJACENCIES_BACK);
      } else if (judgment == PreRestartAdjacencies.Judgment.INCONSISTENT) {
        event(RestartEvent.INCONSISTENT_LSA);
      }
      return !isRestarting();
    }
    return false;
  }

  /** A neighbor's state or an LSA changed that the judgment depends on. */
  void adjacenciesMayDiffer() {
    adjacencies.mayDiffer();
  }

  private boolean allAcknowledged() {
    for (OspfInterface each : core.interfaces.values()) {
      HeldLsa held = each.linkLocal.find(key);
      LsaBody body = wanted(each);
      boolean waits =
          body != null
              && (held == null
                  || held.isMaxAge()
                  || held.retransmissions > 0
                  || !held.lsa().body().equals(body));
      if (waits) {
        return false;
      }
    }
    return true;
  }

  /** Section 2.3. */
  private void exit(RestartExit how) {
    lastExit = how;
    core.heap.cancel(expiry);
    core.outbox.event(new OspfOutput.RestartEnded(how));
    core.routes.calculateNow(SpfCause.Trigger.RESTART);
    core.origination.resume();
    flushGraceLsas();
    record = null;
  }

  /** Section 2.3, 6: also those that no neighbor has shown to this engine. */
  private void flushGraceLsas() {
    if (record != null) {
      for (RestartRecord.GraceLsa sent : record.graceLsas()) {
        OspfInterface on = core.interfaces.get(sent.interfaceId());
        if (on != null && on.linkLocal.find(key) == null) {
          flushUnseen(on, sent.sequence(), record);
        }
      }
    }
    graceLsasMayDiffer();
  }

  private void flushUnseen(OspfInterface on, int sequence, RestartRecord remembered) {
    GraceLsa body = new GraceLsa(remembered.gracePeriodSeconds(), reason.code(), null);
    Lsa lsa =
        Lsa.originate(
            on.area().lsaOptions(),
            key.linkStateId(),
            core.routerId,
            sequence + 1,
            new OpaqueLsa(LsaType.OPAQUE_LINK, body.information()));
    HeldLsa held = core.flooding.install(on.linkLocal, lsa, false);
    core.aging.flush(held);
  }

  ProcessSnapshot.RestartSnapshot snapshot(long now) {
    return new ProcessSnapshot.RestartSnapshot(
        state,
        reason,
        state != RestartState.NONE && expiry.isScheduled()
            ? Math.max(0, expiry.deadline - now)
            : -1,
        lastExit);
  }
}
