package dev.zuido.ospf.lsa;

/**
 * A cost for one type of service, which RFC 2328 keeps for RFC 1583's sake and does not use.
 *
 * @param tos the type of service as encoded (A.4.2), 0 to 255
 * @param metric the cost: 16 bits in a router-LSA, 24 in a summary-LSA
 */
public record TosMetric(int tos, int metric) {
  /** Checks the ranges. */
  public TosMetric {
    if ((tos & ~0xff) != 0 || (metric & ~0xff_ffff) != 0) {
      throw new IllegalArgumentException("TOS or metric out of range");
    }
  }
}
