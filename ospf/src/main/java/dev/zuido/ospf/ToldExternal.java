package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;

/**
 * What an external LSA of this router says.
 *
 * @param body the body
 * @param propagate the P-bit of an NSSA-LSA (RFC 3101); false in AS-external-LSAs
 */
record ToldExternal(AsExternalLsa body, boolean propagate) {
  /** Steps b and d of section 16.4 item 6, by what the LSAs say alone: negative if preferred. */
  static int compare(ToldExternal first, ToldExternal second) {
    AsExternalLsa.Route a = first.body.route();
    AsExternalLsa.Route b = second.body.route();
    if (a.type2() != b.type2()) {
      return a.type2() ? 1 : -1;
    }
    return Integer.compare(a.metric(), b.metric());
  }

  /** "Functionally equivalent" to an LSA for the same network: same cost and forwarding address. */
  boolean isEquivalentTo(AsExternalLsa other) {
    AsExternalLsa.Route a = body.route();
    AsExternalLsa.Route b = other.route();
    return body.networkMask().equals(other.networkMask())
        && a.type2() == b.type2()
        && a.metric() == b.metric()
        && a.forwardingAddress().equals(b.forwardingAddress())
        && !a.forwardingAddress().isUnspecified();
  }
}
