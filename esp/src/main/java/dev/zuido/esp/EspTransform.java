package dev.zuido.esp;

/**
 * The cryptography of one direction of one SA. It works on all frames of a call together, so that
 * an implementation can run several packets through its cipher at once.
 */
interface EspTransform {
  /** Writes IV, ciphertext and ICV of each frame; payload, trailer and ESP header are in place. */
  void seal(byte[] slab, EspFrames frames);

  /**
   * Authenticates each frame and decrypts in place those that are authentic, which it marks so. Of
   * a frame that is not, the encrypted part may be destroyed.
   */
  void open(byte[] slab, EspFrames frames);

  /** Wipes the keys as far as the ciphers allow. */
  void close();
}
