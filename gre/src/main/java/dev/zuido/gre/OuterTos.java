package dev.zuido.gre;

import dev.zuido.gre.GreTunnelConfig.TosPolicy;

/** What of the payload's type of service the outer header keeps, and what it adds. */
final class OuterTos {
  private OuterTos() {}

  static int mask(TosPolicy policy) {
    if (policy instanceof TosPolicy.Copy) {
      return 0xff;
    }
    return policy instanceof TosPolicy.FixedDscp ? DsField.ECN_MASK : 0;
  }

  static int bits(TosPolicy policy) {
    if (policy instanceof TosPolicy.Fixed fixed) {
      return fixed.tos();
    }
    return policy instanceof TosPolicy.FixedDscp fixed ? fixed.dscp() << 2 : 0;
  }
}
