package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Identity;

/**
 * How a scripted peer speaks with its gateway.
 *
 * @param preSharedKey the key; its owner wipes it
 * @param localIdentity who the peer says it is
 * @param cipher phase 1's cipher
 * @param hash phase 1's hash
 * @param group phase 1's group
 * @param aggressive whether the peer begins with aggressive mode instead of main mode
 * @param child what quick mode negotiates
 * @param waitNanos how long it waits for an answer
 * @param tries how often it sends a message that nobody answers, from 1
 */
public record ScriptConfig(
    Secret preSharedKey,
    Identity localIdentity,
    IkeCipher cipher,
    IkeHash hash,
    DhGroup group,
    boolean aggressive,
    ScriptedChild child,
    long waitNanos,
    int tries) {
  /** Checks the numbers. */
  public ScriptConfig {
    if (waitNanos < 1 || tries < 1) {
      throw new IllegalArgumentException("a wait and a number of tries are positive");
    }
  }

  /** The same with another key. */
  public ScriptConfig withPreSharedKey(Secret key) {
    return new ScriptConfig(
        key, localIdentity, cipher, hash, group, aggressive, child, waitNanos, tries);
  }

  /** The same with another identity. */
  public ScriptConfig withLocalIdentity(Identity identity) {
    return new ScriptConfig(
        preSharedKey, identity, cipher, hash, group, aggressive, child, waitNanos, tries);
  }

  /** The same with aggressive mode, or without. */
  public ScriptConfig withAggressive(boolean choice) {
    return new ScriptConfig(
        preSharedKey, localIdentity, cipher, hash, group, choice, child, waitNanos, tries);
  }

  /** The same with another child. */
  public ScriptConfig withChild(ScriptedChild newChild) {
    return new ScriptConfig(
        preSharedKey, localIdentity, cipher, hash, group, aggressive, newChild, waitNanos, tries);
  }
}
