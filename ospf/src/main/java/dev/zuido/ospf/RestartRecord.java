package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.List;

/**
 * What is to be remembered over a graceful restart, together with the moment: RFC 3623 section 2.1
 * has "the fact that it is performing graceful restart along with the length of the requested grace
 * period" stored.
 *
 * @param planned whether grace-LSAs were sent before the restart; if not, they are sent after it,
 *     before the first Hellos (section 5)
 * @param reason why it restarts
 * @param gracePeriodSeconds the grace period, 1 to 1800
 * @param areas the areas in which there were adjacencies; if it was not planned, they are not known
 * @param graceLsas the grace-LSAs that were sent
 */
public record RestartRecord(
    boolean planned,
    RestartReason reason,
    int gracePeriodSeconds,
    List<Ipv4Address> areas,
    List<GraceLsa> graceLsas) {
  /**
   * A grace-LSA that was sent.
   *
   * @param interfaceId the interface
   * @param sequence its LS sequence number
   */
  public record GraceLsa(int interfaceId, int sequence) {}

  /** Copies the lists and checks the period. */
  public RestartRecord {
    areas = List.copyOf(areas);
    graceLsas = List.copyOf(graceLsas);
    if (gracePeriodSeconds < 1 || gracePeriodSeconds > 1_800) {
      throw new IllegalArgumentException(
          "the grace period is 1 to 1800 seconds, not " + gracePeriodSeconds);
    }
  }

  /**
   * A restart of which nobody knew before (section 5).
   *
   * @param reason {@link RestartReason#UNKNOWN} or {@link
   *     RestartReason#SWITCH_TO_REDUNDANT_PROCESSOR}
   */
  public static RestartRecord unplanned(RestartReason reason, int gracePeriodSeconds) {
    if (reason.isPlanned()) {
      throw new IllegalArgumentException("an unplanned restart has no such reason: " + reason);
    }
    return new RestartRecord(false, reason, gracePeriodSeconds, List.of(), List.of());
  }
}
