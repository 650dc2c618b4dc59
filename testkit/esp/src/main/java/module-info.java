/** Generators for ESP. */
module dev.zuido.testkit.esp {
  requires transitive dev.zuido.esp;
  requires transitive dev.zuido.testkit;
  requires transitive net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.esp;
}
