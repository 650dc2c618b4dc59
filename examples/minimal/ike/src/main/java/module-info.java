/** Negotiates IPsec SAs between two IKE engines. */
module dev.zuido.examples.minimal.ike {
  requires dev.zuido.ike;
}
