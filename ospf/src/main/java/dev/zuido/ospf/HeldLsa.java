package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsdb.LsaEntry;

/**
 * What flooding and aging know about an LSA of the database, beside its current instance. It stays
 * when a new instance replaces the old one.
 */
final class HeldLsa {
  /** No interface's id: the router made the LSA itself. */
  static final int NOT_RECEIVED = Integer.MIN_VALUE;

  private static final long NEVER = Long.MIN_VALUE;

  final Database database;
  final LsaKey key;
  final Timer ageTimer;
  private LsaEntry entry;
  private boolean flooded;
  private boolean arrivalLimited;
  private long sent = NEVER;

  /** Whether the instance is counted as one whose originator may not understand DoNotAge. */
  boolean countedWithoutDemandCircuits;

  /** Whether it is counted as an indication-LSA. */
  boolean countedAsIndication;

  /** What the application was told last of an opaque LSA. */
  OpaqueState toldState = OpaqueState.WITHDRAWN;

  /** The interface that the LSA's first instance came in on, for {@link DatabaseLimit}. */
  int receivedOn = NOT_RECEIVED;

  /** Whether a change of the contents is not yet acknowledged by all, beside mere refreshes. */
  boolean changed;

  /** On how many neighbors' Link state retransmission lists the LSA is. */
  int retransmissions;

  HeldLsa(Database database, LsaEntry entry, Aging aging) {
    this.database = database;
    this.key = entry.key();
    this.entry = entry;
    this.ageTimer = new Timer(now -> aging.due(this));
  }

  /**
   * Holds an instance.
   *
   * @param byFlooding whether it was received, and not made or aged by the router itself
   */
  void put(LsaEntry instance, boolean byFlooding) {
    entry = instance;
    flooded = byFlooding;
    arrivalLimited = byFlooding;
    sent = NEVER;
  }

  Lsa lsa() {
    return entry.lsa();
  }

  LsaEntry entry() {
    return entry;
  }

  boolean receivedByFlooding() {
    return flooded;
  }

  /** The header with the LS age of a moment. */
  LsaHeader header(long now) {
    return entry.headerAt(now);
  }

  boolean isMaxAge() {
    return entry.lsa().header().isMaxAge();
  }

  /**
   * The instance was asked for in a database exchange: it was not "received via flooding" (section
   * 13 step 5a), and its originator may have made the next one just when the adjacency became full.
   */
  void exemptFromMinArrival() {
    arrivalLimited = false;
  }

  /** Whether the instance was received via flooding, and that less than a time ago. */
  boolean arrivedWithin(long nanos, long now) {
    return arrivalLimited && now - entry.installedNanos() < nanos;
  }

  /** Whether the instance was sent in a Link State Update less than a time ago. */
  boolean sentWithin(long nanos, long now) {
    return sent != NEVER && now - sent < nanos;
  }

  /** The instance as it goes into a Link State Update: InfTransDelay older. */
  Lsa toSend(int transmitDelaySeconds, long now) {
    sent = now;
    return entry.lsa().withAge(entry.ageAt(now) + transmitDelaySeconds);
  }
}
