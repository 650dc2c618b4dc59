package dev.zuido.esp;

/** The encryption half of a transform with separate algorithms. */
interface CipherStage {
  /** Encrypts each frame in place and writes its IV. */
  void encrypt(byte[] slab, EspFrames frames);

  /** Decrypts each frame that is marked authentic, in place; its IV may be destroyed. */
  void decrypt(byte[] slab, EspFrames frames);

  /** Wipes the key as far as the cipher allows. */
  void close();

  /** No encryption (RFC 2410). */
  CipherStage NULL =
      new CipherStage() {
        @Override
        public void encrypt(byte[] slab, EspFrames frames) {}

        @Override
        public void decrypt(byte[] slab, EspFrames frames) {}

        @Override
        public void close() {}
      };
}
