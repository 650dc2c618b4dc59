/** IPsec ESP (RFC 4303): security associations, replay protection and the security policy. */
module dev.zuido.esp {
  requires transitive dev.zuido.wire;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports dev.zuido.esp;
}
