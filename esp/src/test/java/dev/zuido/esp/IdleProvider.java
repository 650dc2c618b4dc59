package dev.zuido.esp;

import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A provider whose ciphers copy what they are given, whose digests ignore it, and none of which
 * allocates: what is allocated around them is not theirs. ICVs are zeros.
 */
final class IdleProvider extends Provider {
  private static final long serialVersionUID = 1L;

  IdleProvider() {
    super("Idle", "1", "does nothing, for measuring what is around it");
    for (String cipher : List.of("AES/ECB", "AES/CBC", "AES/CTR", "DES/CBC", "DESede/CBC")) {
      int block = cipher.startsWith("AES") ? 16 : 8;
      add("Cipher", cipher + "/NoPadding", () -> new IdleCipher(block, 0));
    }
    add("Cipher", "AES/GCM/NoPadding", () -> new IdleCipher(16, 16));
    add("Cipher", "ChaCha20-Poly1305", () -> new IdleCipher(1, 16));
    Map.of("MD5", 16, "SHA-1", 20, "SHA-256", 32, "SHA-384", 48, "SHA-512", 64)
        .forEach((name, length) -> add("MessageDigest", name, () -> new IdleDigest(length)));
  }

  private void add(String type, String algorithm, Supplier<Object> maker) {
    putService(
        new Service(this, type, algorithm, "", null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return maker.get();
          }

          @Override
          public boolean supportsParameter(@Nullable Object parameter) {
            return true;
          }
        });
  }

  private static final class IdleDigest extends MessageDigestSpi implements Cloneable {
    private final int length;

    IdleDigest(int length) {
      this.length = length;
    }

    @Override
    protected int engineGetDigestLength() {
      return length;
    }

    @Override
    protected void engineUpdate(byte input) {}

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {}

    @Override
    protected byte[] engineDigest() {
      return new byte[length];
    }

    @Override
    protected int engineDigest(byte[] buffer, int offset, int room) {
      return length;
    }

    @Override
    protected void engineReset() {}

    /** Itself, as there is no state. */
    @Override
    public Object clone() {
      return this;
    }
  }

  private static final class IdleCipher extends CipherSpi {
    private final int blockLength;
    private int icvLength;
    private boolean opening;

    /** Lets the parameters escape. */
    @Nullable AlgorithmParameterSpec parameters;

    IdleCipher(int blockLength, int icvLength) {
      this.blockLength = blockLength;
      this.icvLength = icvLength;
    }

    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}

    @Override
    protected int engineGetBlockSize() {
      return blockLength;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
      return inputLength + icvLength;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
      return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {}

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec spec, SecureRandom random) {
      opening = mode == Cipher.DECRYPT_MODE;
      parameters = spec;
      if (spec instanceof GCMParameterSpec gcm) {
        icvLength = gcm.getTLen() / 8;
      }
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {}

    @Override
    protected void engineUpdateAAD(byte[] bytes, int offset, int length) {}

    @Override
    protected byte[] engineUpdate(byte[] in, int offset, int length) {
      return new byte[length];
    }

    @Override
    protected int engineUpdate(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
      System.arraycopy(in, inOffset, out, outOffset, length);
      return length;
    }

    @Override
    protected byte[] engineDoFinal(byte[] in, int offset, int length) {
      return new byte[length];
    }

    @Override
    protected int engineDoFinal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
      int text = opening ? length - icvLength : length;
      System.arraycopy(in, inOffset, out, outOffset, text);
      for (int i = 0; !opening && i < icvLength; i++) {
        out[outOffset + text + i] = 0;
      }
      return text;
    }
  }
}
