package dev.zuido.ospf.lsdb;

import dev.zuido.ospf.lsa.LsaKey;

/** Is told of each change of a database that routes may depend on. */
@FunctionalInterface
public interface LsaListener {
  /**
   * An LSA has come, has got other contents or MaxAge, or has gone. A new instance with the same
   * contents is not told. The database must not be changed in this call.
   *
   * @param store where the LSA is or was
   * @param key which LSA
   */
  void changed(LsaStore store, LsaKey key);
}
