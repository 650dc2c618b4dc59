package dev.zuido.ospf.lsdb;

/** What the installation of an LSA changed (RFC 2328 section 13.2). */
public enum InstallResult {
  /** There was no instance of this LSA. */
  NEW,
  /** The instance that was there differed in what the route calculation looks at. */
  CHANGED,
  /** The instance that was there had the same contents. */
  REFRESHED,
  /** The database is full; nothing was changed. */
  REFUSED;

  /** Whether routes may be different now. */
  public boolean affectsRoutes() {
    return this == NEW || this == CHANGED;
  }
}
