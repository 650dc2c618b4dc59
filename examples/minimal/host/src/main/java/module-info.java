/** A program with zuido-host as its only dependency. */
module dev.zuido.examples.minimal.host {
  requires dev.zuido.host;
}
