package dev.zuido.pppoe.ppp;

/** The phases of a link (RFC 1661 section 3.2). */
public enum PppPhase {
  /** Nothing below: section 3.3. */
  DEAD,
  /** LCP negotiates: section 3.4. */
  ESTABLISH,
  /** One side or both prove who they are: section 3.5. */
  AUTHENTICATE,
  /** Network protocols are negotiated or run: section 3.6. */
  NETWORK,
  /** LCP says goodbye: section 3.7. */
  TERMINATE
}
