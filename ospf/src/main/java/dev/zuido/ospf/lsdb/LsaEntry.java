package dev.zuido.ospf.lsdb;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;

/**
 * An LSA in the database.
 *
 * @param lsa the instance, with the age that it had when it was installed
 * @param installedNanos when that was
 */
public record LsaEntry(Lsa lsa, long installedNanos) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The deadline of an entry that has no such deadline. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** The identity of what the LSA describes. */
  public LsaKey key() {
    return lsa.key();
  }

  /**
   * The LS age, in seconds, at a moment: at most {@link LsaHeader#MAX_AGE}. An age with the {@link
   * LsaHeader#DO_NOT_AGE} bit stays as it came.
   */
  public int ageAt(long nowNanos) {
    if (lsa.header().isDoNotAge()) {
      return lsa.header().age();
    }
    long elapsed = Math.max(0, nowNanos - installedNanos) / NANOS_PER_SECOND;
    return LsaHeader.bounded((int) Math.min(LsaHeader.MAX_AGE, lsa.header().age() + elapsed));
  }

  /** The header with the age of a moment. */
  public LsaHeader headerAt(long nowNanos) {
    return lsa.header().withAge(ageAt(nowNanos));
  }

  /** Whether the LSA is too old, at a moment, to be used in the route calculation. */
  public boolean isMaxAgeAt(long nowNanos) {
    return LsaHeader.isMaxAge(ageAt(nowNanos));
  }

  /**
   * When the LSA will have an age.
   *
   * @param ageSeconds for example {@link LsaHeader#REFRESH_TIME}
   * @return the moment, which is the installation's if the LSA was that old then; {@link
   *     #NO_DEADLINE} if it does not age
   */
  public long reachesAge(int ageSeconds) {
    if (lsa.header().isDoNotAge()) {
      return NO_DEADLINE;
    }
    return installedNanos + Math.max(0, ageSeconds - lsa.header().age()) * NANOS_PER_SECOND;
  }

  /** When the LSA reaches MaxAge; {@link #NO_DEADLINE} if it came with it, or does not age. */
  public long expiresAtNanos() {
    return lsa.header().isMaxAge() ? NO_DEADLINE : reachesAge(LsaHeader.MAX_AGE);
  }

  /**
   * When the LSA's checksum has to be verified next, at the next multiple of {@link
   * LsaHeader#CHECK_AGE} seconds of age (section 14).
   */
  public long nextCheckAfter(long nowNanos) {
    int age = ageAt(nowNanos) & ~LsaHeader.DO_NOT_AGE;
    int next = (age / LsaHeader.CHECK_AGE + 1) * LsaHeader.CHECK_AGE;
    return next > LsaHeader.MAX_AGE ? NO_DEADLINE : reachesAge(next);
  }
}
