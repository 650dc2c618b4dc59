/** Makes a router from a configuration text. */
module dev.zuido.examples.minimal.router {
  requires dev.zuido.router;
}
