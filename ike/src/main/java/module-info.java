/** IKEv1 (RFC 2407, 2408, 2409): ISAKMP codec, key derivation and the sans-IO engine. */
module dev.zuido.ike {
  requires transitive dev.zuido.wire;
  requires org.bouncycastle.provider;
  requires static org.jspecify;

  exports dev.zuido.ike;
  exports dev.zuido.ike.crypto;
  exports dev.zuido.ike.message;
  exports dev.zuido.ike.transcript;
}
