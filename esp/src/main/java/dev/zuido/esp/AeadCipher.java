package dev.zuido.esp;

/**
 * A cipher that authenticates, keyed for one direction of one SA. It works in place, and its ICV
 * stands right behind the text.
 */
interface AeadCipher {
  /**
   * Encrypts a text and writes its ICV behind it.
   *
   * @param nonce salt and IV
   * @param associated holds what is authenticated only
   */
  void seal(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length);

  /**
   * Decrypts a text behind which its ICV stands; the arguments are those of {@link #seal}.
   *
   * @return whether it is authentic; if it is not, the text may be destroyed
   */
  boolean open(
      byte[] nonce,
      byte[] associated,
      int associatedOffset,
      int associatedLength,
      byte[] text,
      int offset,
      int length);

  /** Wipes the key as far as the platform's objects allow. */
  void close();
}
