/** Generators and impairments for IKEv1. */
module dev.zuido.testkit.ike {
  requires transitive dev.zuido.ike;
  requires transitive dev.zuido.testkit;
  requires transitive net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.ike;
  exports dev.zuido.testkit.ike.impairment;
  exports dev.zuido.testkit.ike.impairment.udp;
}
