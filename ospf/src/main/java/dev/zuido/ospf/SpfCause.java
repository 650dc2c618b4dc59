package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.wire.Ipv4Address;

/** Why the routes are calculated. */
public sealed interface SpfCause {
  /** One line of plain English. */
  String explain();

  /** Whether other routers know of it too: RFC 8405's "IGP event". */
  boolean isIgpEvent();

  /**
   * The contents of the database changed.
   *
   * @param areaId the area; 0.0.0.0 too for what is flooded through the whole AS
   * @param key the LSA
   * @param gone whether it was flushed
   */
  record LsaChanged(Ipv4Address areaId, LsaKey key, boolean gone) implements SpfCause {
    @Override
    public String explain() {
      return key + (gone ? " is gone" : " changed") + " in area " + areaId;
    }

    @Override
    public boolean isIgpEvent() {
      return true;
    }
  }

  /** Something changed in the router itself, of which no LSA tells. */
  record Local(Trigger trigger) implements SpfCause {
    @Override
    public String explain() {
      return trigger.words();
    }

    @Override
    public boolean isIgpEvent() {
      return false;
    }
  }

  /** What can change in the router itself. */
  enum Trigger {
    /** An interface's state or address. */
    INTERFACE("an interface changed"),
    /** A neighbor's address, or whether it is adjacent: it is a next hop. */
    NEIGHBOR("a neighbor changed"),
    /** The configuration. */
    CONFIGURATION("the configuration changed"),
    /** A command cleared the process. */
    CLEARED("the process was cleared"),
    /** A graceful restart ended (RFC 3623 section 2.3). */
    RESTART("the graceful restart ended");

    private final String words;

    Trigger(String words) {
      this.words = words;
    }

    /** What a log prints. */
    public String words() {
      return words;
    }
  }
}
