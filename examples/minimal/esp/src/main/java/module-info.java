/** Seals a packet with ESP and opens it. */
module dev.zuido.examples.minimal.esp {
  requires dev.zuido.esp;
}
